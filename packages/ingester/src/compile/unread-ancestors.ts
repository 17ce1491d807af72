import type { DesignIndex } from './design-index.js';

/** A host profile or node. */
interface Host {
  readonly body: { readonly host_profile: string | null };
}

/** Which hosts inherit from a host profile that could not be read, so that nobody knows what they are. */
export class UnreadAncestors {
  readonly #index: DesignIndex;
  /** By host profile; each is looked at once. */
  readonly #known = new Map<string, string | null>();

  constructor(index: DesignIndex) {
    this.#index = index;
  }

  /** Name of the nearest such profile above a host; null: all above it could be read, or none is there. */
  of({ body }: Host): string | null {
    const passed = new Set<string>();
    let name = body.host_profile;
    while (name !== null && !this.#known.has(name) && !passed.has(name) && !this.#isUnread(name)) {
      passed.add(name);
      name = this.#index.find('HostProfile', name)?.body.host_profile ?? null;
    }
    const found = name === null || passed.has(name) ? null : (this.#known.get(name) ?? this.#unread(name));
    for (const each of passed) this.#known.set(each, found);
    return found;
  }

  #isUnread(name: string): boolean {
    return this.#index.isUnread('HostProfile', name);
  }

  #unread(name: string): string | null {
    return this.#isUnread(name) ? name : null;
  }
}
