import type { Addressing, CompiledNode } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import { compileOob } from './compile-oob.js';
import type { DesignIndex } from './design-index.js';
import type { HostSettings } from './host-settings.js';
import type { HostDocument, Inheritance } from './inherit-settings.js';
import type { SharedParts } from './shared-parts.js';

export interface NodeSources {
  readonly index: DesignIndex;
  readonly report: CompileReport;
  readonly inheritance: Inheritance;
  readonly shared: SharedParts;
  /** Rack name to its labels. */
  readonly rackLabels: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

type NodeDocument = SiteDocument<'BaremetalNode'>;
type HardwareProfile = SiteDocument<'HardwareProfile'>;

/** What a node is besides what it inherits. */
interface NodeParts {
  readonly document: NodeDocument;
  readonly settings: HostSettings;
  readonly sources: NodeSources;
}

const noLabels: Readonly<Record<string, string>> = Object.freeze({});

/** A node with everything that it inherits and refers to; its boot actions are not known yet. */
export function compileNode(document: NodeDocument, sources: NodeSources): CompiledNode {
  const settings = sources.inheritance.settingsOf(document);
  const parts = { document, settings, sources };
  const hardwareProfile = findHardwareProfile(parts);
  const addressing = document.body.addressing.map(compileAddressing);
  const { shared } = sources;
  return {
    name: document.name,
    domain: domainOf(parts),
    hostProfile: document.body.host_profile,
    hardwareProfile: settings.hardwareProfile,
    primaryNetwork: settings.primaryNetwork,
    rack: settings.rack,
    rackLabels: (settings.rack === null ? undefined : sources.rackLabels.get(settings.rack)) ?? noLabels,
    bootMac: document.body.metadata.boot_mac,
    oob: compileOob(document, settings, { addressing, ...sources }),
    image: settings.image,
    kernel: settings.kernel,
    kernelParameters: kernelParametersOf(parts, hardwareProfile),
    tags: settings.tags,
    ownerData: shared.texts(settings.ownerData),
    interfaces: shared.interfaces(settings.interfaces),
    storage: { devices: shared.devices(settings.devices), volumeGroups: shared.volumeGroups(settings.volumeGroups) },
    addressing,
    deviceAliases: hardwareProfile === undefined ? [] : shared.deviceAliases(hardwareProfile),
    bootActions: [],
  };
}

function findHardwareProfile({ document, settings, sources }: NodeParts): HardwareProfile | undefined {
  const { hardwareProfile: name } = settings;
  const profile = name === null ? undefined : sources.index.find('HardwareProfile', name);
  if (profile !== undefined) return profile;
  const isMissing = name !== null;
  if (
    isMissing
      ? sources.index.isUnread('HardwareProfile', name)
      : !sources.inheritance.isRead(document, 'hardware_profile')
  ) {
    return undefined;
  }
  sources.report.say('compile.hardware-profile', {
    document: isMissing ? saidBy({ document, sources }, 'hardware_profile', name) : document,
    keys: ['hardware_profile'],
    message: isMissing ? `hardware profile "${name}" is not in the design` : 'it has no hardware profile',
    diagnostic: 'name a HardwareProfile of the design in the node or in a host profile that it inherits',
  });
  return undefined;
}

function domainOf({ document, settings, sources }: NodeParts): string {
  const { primaryNetwork } = settings;
  if (primaryNetwork === null) return 'local';
  const network = sources.index.find('Network', primaryNetwork);
  if (network === undefined && !sources.index.isUnread('Network', primaryNetwork)) {
    sources.report.say('compile.primary-network', {
      document: saidBy({ document, sources }, 'primary_network', primaryNetwork),
      keys: ['primary_network'],
      message: `primary network "${primaryNetwork}" is not in the design, so the domain of the node is "local"`,
      diagnostic: 'add the Network, or correct primary_network',
      severity: 'advice',
    });
  }
  return network?.body.dns.domain ?? 'local';
}

function saidBy(
  { document, sources }: Pick<NodeParts, 'document' | 'sources'>,
  field: 'hardware_profile' | 'primary_network',
  value: string,
): HostDocument {
  return sources.inheritance.saidBy(document, `${field} ${value}`, (body) => body[field] === value);
}

/** A node without its hardware profile keeps references as they are: what is missing is said already. */
function kernelParametersOf(
  { document, settings, sources }: NodeParts,
  hardwareProfile: HardwareProfile | undefined,
): CompiledNode['kernelParameters'] {
  const written = settings.kernelParameters;
  if (hardwareProfile === undefined) return [...written];
  const { parameters, unresolved } = sources.shared.kernelParameters(hardwareProfile)(written);
  if (sources.index.isUnread('HardwareProfile', hardwareProfile.name, 'cpu_sets', 'hugepages')) return parameters;
  for (const key of unresolved) {
    sources.report.say('compile.kernel-parameters', {
      document: sources.inheritance.saidBy(document, `kernel_params ${key}`, ({ platform }) =>
        platform.kernel_params.has(key),
      ),
      keys: ['platform', 'kernel_params', key],
      message: `kernel parameter ${key}: "${written.get(key)}" points at nothing in hardware profile "${hardwareProfile.name}"`,
      diagnostic:
        'write hardwareprofile:cpuset.<name> or hardwareprofile:hugepages.<name>.size (or .count) of that profile',
    });
  }
  return parameters;
}

function compileAddressing(entry: NodeDocument['body']['addressing'][number]): Addressing {
  const network = entry.network ?? '';
  if (entry.address === 'dhcp' || entry.address === null) return { network, type: 'dhcp', address: null };
  return { network, type: 'static', address: entry.address };
}
