import type { Addressing, OutOfBand } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import type { HostSettings } from './host-settings.js';
import type { Inheritance } from './inherit-settings.js';
import type { SharedParts } from './shared-parts.js';

export interface OobSources {
  readonly addressing: readonly Addressing[];
  readonly report: CompileReport;
  readonly inheritance: Inheritance;
  readonly shared: SharedParts;
}

/** The out-of-band stanza of a node; null when no document of its chain names a type (reference 02 §3.6). */
export function compileOob(
  document: SiteDocument<'BaremetalNode'>,
  { oobType, oobParameters }: HostSettings,
  { addressing, report, inheritance, shared }: OobSources,
): OutOfBand | null {
  if (oobType === null) return null;
  const network = oobParameters.get('network') ?? null;
  const refuse = (key: string, wanted: string): null => {
    // Not what it is: somebody may have put the password there.
    report.say('compile.value', {
      document: inheritance.saidBy(document, `oob ${key}`, ({ oob }) => oob.parameters.has(key)),
      keys: ['oob', key],
      message: `oob.${key} is not ${wanted}`,
      diagnostic: `write ${wanted}, or leave it out for the default, which counts now`,
      // The original never read these.
      severity: 'advice',
    });
    return null;
  };
  return {
    type: oobType,
    network,
    account: oobParameters.get('account') ?? null,
    credential: oobParameters.get('credential') ?? null,
    address: addressing.find((entry) => entry.network === network && entry.address !== null)?.address ?? null,
    port: portOf(oobParameters.get('port'), refuse),
    scheme: schemeOf(oobParameters.get('scheme'), refuse),
    parameters: shared.oobParameters(oobParameters),
  };
}

type Refuse = (key: string, wanted: string) => null;

function portOf(text: string | undefined, refuse: Refuse): number | null {
  if (text === undefined) return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : refuse('port', 'a number from 1 to 65535');
}

function schemeOf(text: string | undefined, refuse: Refuse): 'http' | 'https' | null {
  if (text === undefined || text === 'http' || text === 'https') return text ?? null;
  return refuse('scheme', 'http or https');
}
