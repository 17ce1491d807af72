import type { DesignIndex } from './design-index.js';

/** A host profile or node. */
interface Host {
  readonly body: { readonly host_profile: string | null };
}

/** What nobody knows of a host that has a profile. */
interface Gaps {
  /** Name of the nearest profile from this one upwards that could not be read. */
  readonly unread: string | null;
  /** Field to the nearest profile from this one upwards that lost it by a mistake. */
  readonly lost: ReadonlyMap<string, string>;
}

const noGaps: Gaps = { unread: null, lost: new Map() };

/** Which hosts inherit from a host profile that could not be read, or not all of it, so that nobody knows what they are. */
export class UnreadAncestors {
  readonly #index: DesignIndex;
  /** By host profile; each is looked at once. */
  readonly #known = new Map<string, Gaps>();

  constructor(index: DesignIndex) {
    this.#index = index;
  }

  /** Name of the nearest such profile above a host; null: all above it could be read, or none is there. */
  of({ body }: Host): string | null {
    return this.#gapsOf(body.host_profile).unread;
  }

  /** Name of the nearest profile above a host that lost a field. */
  losing({ body }: Host, field: string): string | null {
    return this.#gapsOf(body.host_profile).lost.get(field) ?? null;
  }

  #gapsOf(first: string | null): Gaps {
    const passed: string[] = [];
    let name = first;
    while (name !== null && !this.#known.has(name)) {
      // For a circle of profiles, which ends here.
      this.#known.set(name, noGaps);
      passed.push(name);
      name = this.#index.find('HostProfile', name)?.body.host_profile ?? null;
    }
    return passed.reduceRight(
      (above, each) => {
        const gaps = this.#with(above, each);
        this.#known.set(each, gaps);
        return gaps;
      },
      name === null ? noGaps : (this.#known.get(name) ?? noGaps),
    );
  }

  #with(above: Gaps, name: string): Gaps {
    if (this.#index.isUnread('HostProfile', name)) return { unread: name, lost: above.lost };
    const own = this.#index.find('HostProfile', name)?.lostFields;
    if (own === undefined || own.size === 0) return above;
    return { ...above, lost: new Map([...above.lost, ...[...own].map((field) => [field, name] as const)]) };
  }
}
