import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import type { DesignIndex } from './design-index.js';
import { noSettings, type HostSettings } from './host-settings.js';
import { mergeHostSettings } from './merge-host-settings.js';
import { readHostSettings } from './read-host-settings.js';

type HostDocument = SiteDocument<'HostProfile'> | SiteDocument<'BaremetalNode'>;

/**
 * Effective settings of host profiles and nodes: host profile after host profile, then the node (reference 02 §4.1).
 * Each profile is merged once, however many nodes have it. A missing parent or a circle is reported once, at the
 * document that names it, and inherits nothing.
 */
export class Inheritance {
  readonly #profiles = new Map<string, HostSettings>();
  readonly #index: DesignIndex;
  readonly #report: CompileReport;

  constructor(index: DesignIndex, report: CompileReport) {
    this.#index = index;
    this.#report = report;
  }

  settingsOf(node: SiteDocument<'BaremetalNode'>): HostSettings {
    return this.#effective(node);
  }

  /** Walks up to the first profile that is already merged, then merges down; no recursion, so no depth is too deep. */
  #effective(document: HostDocument): HostSettings {
    const chain: HostDocument[] = [document];
    const seen = new Set<string>();
    let inherited = noSettings;
    for (let name = document.body.host_profile; name !== null;) {
      const child = chain.at(-1) ?? document;
      const merged = this.#profiles.get(name);
      if (merged !== undefined) {
        inherited = merged;
        break;
      }
      const parent = this.#parentOf(child, name, seen);
      if (parent === undefined) break;
      seen.add(name);
      chain.push(parent);
      name = parent.body.host_profile;
    }
    return this.#mergeDown(chain, inherited);
  }

  #parentOf(child: HostDocument, name: string, seen: ReadonlySet<string>): HostDocument | undefined {
    const parent = this.#index.find('HostProfile', name);
    const problem = { document: child, keys: ['host_profile'] };
    if (parent === undefined) {
      this.#report.say('compile.parent', {
        ...problem,
        message: `host profile "${name}" is not in the design`,
        diagnostic: 'add the HostProfile, or correct host_profile',
      });
    } else if (seen.has(name)) {
      this.#report.say('compile.parent', {
        ...problem,
        message: `host profile "${name}" inherits from itself: ${[...seen, name].join(' → ')}`,
        diagnostic: 'break the circle of host_profile',
      });
      return undefined;
    }
    return parent;
  }

  #mergeDown(chain: readonly HostDocument[], inherited: HostSettings): HostSettings {
    return chain.reduceRight((parent, document) => {
      const settings = mergeHostSettings(parent, readHostSettings(document.body));
      if (document.kind === 'HostProfile') this.#profiles.set(document.name, settings);
      return settings;
    }, inherited);
  }
}
