import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import type { DesignIndex } from './design-index.js';
import { findCircles } from './find-circles.js';
import { noSettings, type HostSettings } from './host-settings.js';
import { mergeHostSettings } from './merge-host-settings.js';
import { readHostSettings } from './read-host-settings.js';
import { UnreadAncestors } from './unread-ancestors.js';

type HostProfile = SiteDocument<'HostProfile'>;

/** What settings come from. */
export type HostDocument = HostProfile | SiteDocument<'BaremetalNode'>;

/**
 * Effective settings of host profiles and nodes: host profile after host profile, then the node (reference 02 §4.1).
 * Each profile is merged once, however many nodes have it. Whoever names a profile that is not there inherits nothing,
 * and a circle is cut at its first name.
 */
export class Inheritance {
  readonly #settings = new Map<string, HostSettings>();
  readonly #circles: ReadonlyMap<string, readonly string[]>;
  /** By what is looked for: host profile to the nearest one from it upwards that says it, if any. */
  readonly #sayers = new Map<string, Map<string, HostProfile | undefined>>();
  readonly #unread: UnreadAncestors;
  readonly #index: DesignIndex;
  readonly #report: CompileReport;

  constructor(index: DesignIndex, report: CompileReport) {
    this.#index = index;
    this.#report = report;
    this.#unread = new UnreadAncestors(index);
    this.#circles = new Map(findCircles(index.all('HostProfile')).map((circle) => [circle[0] ?? '', circle]));
  }

  settingsOf(node: SiteDocument<'BaremetalNode'>): HostSettings {
    if (this.#isWithoutParent(node)) this.#sayMissing(node, 'error');
    const parent = this.#parentOf(node);
    return mergeHostSettings(
      parent === undefined ? noSettings : this.#profileSettings(parent),
      readHostSettings(node.body),
    );
  }

  /**
   * Which document of a node's chain says something: the nearest; the node itself when none does. Each profile is asked
   * once, however many nodes have it.
   *
   * @param what tells this question from every other
   */
  saidBy(
    node: SiteDocument<'BaremetalNode'>,
    what: string,
    says: (body: HostDocument['body']) => boolean,
  ): HostDocument {
    if (says(node.body)) return node;
    const known = this.#sayers.get(what) ?? new Map<string, HostProfile | undefined>();
    this.#sayers.set(what, known);
    const silent: string[] = [];
    let profile = this.#parentOf(node);
    while (profile !== undefined && !known.has(profile.name) && !says(profile.body)) {
      silent.push(profile.name);
      profile = this.#parentOf(profile);
    }
    const sayer = profile !== undefined && known.has(profile.name) ? known.get(profile.name) : profile;
    for (const name of silent) known.set(name, sayer);
    return sayer ?? node;
  }

  /** A field could be read in all host profiles above a node. */
  isRead(node: SiteDocument<'BaremetalNode'>, field: string): boolean {
    return this.#unread.of(node) === null && this.#unread.losing(node, field) === null;
  }

  /**
   * Says what is wrong with profiles: an error where a node inherits them. The original never looked at others, so of
   * those it is advice.
   */
  sayProblems(): void {
    for (const profile of this.#index.all('HostProfile')) {
      const severity = this.#settings.has(profile.name) ? 'error' : 'advice';
      if (this.#isWithoutParent(profile)) this.#sayMissing(profile, severity);
      const circle = this.#circles.get(profile.name);
      if (circle === undefined) continue;
      this.#report.say('compile.parent', {
        document: profile,
        keys: ['host_profile'],
        message: `it inherits from itself: ${[...circle, profile.name].join(' → ')}`,
        diagnostic: 'break the circle of host_profile',
        severity,
      });
    }
  }

  /** Walks up to the first profile that is merged, then merges down; no recursion, so no depth is too deep. */
  #profileSettings(profile: HostProfile): HostSettings {
    const chain: HostProfile[] = [];
    let settings: HostSettings | undefined;
    for (let each: HostProfile | undefined = profile; each !== undefined; each = this.#parentOf(each)) {
      settings = this.#settings.get(each.name);
      if (settings !== undefined) break;
      chain.push(each);
    }
    return chain.reduceRight((parent, { name, body }) => {
      const merged = mergeHostSettings(parent, readHostSettings(body));
      this.#settings.set(name, merged);
      return merged;
    }, settings ?? noSettings);
  }

  #parentOf(child: HostDocument): HostProfile | undefined {
    const { host_profile: name } = child.body;
    if (name === null || (child.kind === 'HostProfile' && this.#circles.has(child.name))) return undefined;
    return this.#index.find('HostProfile', name);
  }

  #isWithoutParent({ body: { host_profile: name } }: HostDocument): boolean {
    return name !== null && this.#index.find('HostProfile', name) === undefined;
  }

  #sayMissing(document: HostDocument, severity: 'error' | 'advice'): void {
    if (this.#index.isUnread('HostProfile', document.body.host_profile ?? '')) return;
    this.#report.say('compile.parent', {
      document,
      keys: ['host_profile'],
      message: `host profile "${document.body.host_profile}" is not in the design`,
      diagnostic: 'add the HostProfile, or correct host_profile',
      severity,
    });
  }
}
