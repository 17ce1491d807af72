/** Where the keys of each mapping and the items of each sequence of a document stand. */
export interface CollectionOffsets {
  /** By key or index; undefined for what is no collection of the document. */
  get(collection: object): ReadonlyMap<unknown, number> | undefined;
}

/**
 * Takes a bare list per collection while a document is composed. Most documents are without fault and nobody ever
 * asks, so the way from a key to its offset is built only for the collections that somebody asks about.
 */
export class RecordedOffsets implements CollectionOffsets {
  readonly #collections: object[] = [];
  readonly #lists: (readonly number[])[] = [];
  #indexes: Map<object, number> | null = null;
  #asked: Map<object, ReadonlyMap<unknown, number>> | null = null;

  /** `offsets` are in the order of the collection's entries. */
  record(collection: object, offsets: readonly number[]): void {
    this.#indexes?.set(collection, this.#collections.length);
    this.#collections.push(collection);
    this.#lists.push(offsets);
  }

  get(collection: object): ReadonlyMap<unknown, number> | undefined {
    const known = this.#asked?.get(collection);
    if (known !== undefined) return known;
    this.#indexes ??= new Map(this.#collections.map((each, index) => [each, index]));
    const offsets = this.#lists[this.#indexes.get(collection) ?? -1];
    if (offsets === undefined) return undefined;
    const keys: Iterable<unknown> = collection instanceof Map ? collection.keys() : offsets.keys();
    const byKey = new Map<unknown, number>();
    for (const key of keys) byKey.set(key, offsets[byKey.size] ?? 0);
    (this.#asked ??= new Map()).set(collection, byKey);
    return byKey;
  }
}
