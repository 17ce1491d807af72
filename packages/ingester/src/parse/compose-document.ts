import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import { RecordedOffsets, type CollectionOffsets } from './collection-offsets.js';
import { resolveScalar, YamlFloat } from './resolve-scalar.js';
import { YamlProblem } from './yaml-problem.js';

/** A mapping of a document, with its keys in order; keys are what YAML says they are, not always strings. */
export type YamlMapping = ReadonlyMap<unknown, unknown>;

export interface DuplicateKey {
  readonly key: unknown;
  /** It is written somewhere below a key `oob`, whose keys may be torn passwords. */
  readonly isBelowOutOfBand: boolean;
  readonly firstOffset: number;
  readonly offset: number;
}

export interface ComposedDocument {
  readonly value: unknown;
  /** Of the first thing in the document. */
  readonly offset: number;
  readonly offsets: CollectionOffsets;
  readonly duplicateKeys: readonly DuplicateKey[];
  /** How many values aliases stand for: what a walk over the document costs beyond what its length explains. */
  readonly aliasedValues: number;
}

const outOfBand = 'oob';

interface Anchored {
  readonly value: unknown;
  /** Values in it, with every alias written out. */
  readonly weight: number;
}

interface MergeSource {
  readonly value: unknown;
  readonly offset: number;
}

/** Bounds what a walk over a document with aliases can cost; without aliases its length does. */
const maxWeight = 2_000_000;

/** Neither shows the text that it is about: it may be a password that nobody put in quotes. */
const wrongTag = 'this tag is not allowed; a text that begins with ! stands in quotes';
const wrongAlias = 'the alias points at no finished value before it; a text that begins with * stands in quotes';

/** Builds the value of one document from js-yaml's events, keeping positions. Throws `YamlProblem`. */
export function composeDocument(text: string, events: readonly Event[]): ComposedDocument {
  return new Composer(text, events).compose();
}

/** What a method composes it returns; where that stands it leaves in `#at`, which spares an object per value. */
class Composer {
  readonly #offsets = new RecordedOffsets();
  readonly #duplicateKeys: DuplicateKey[] = [];
  #anchors: Map<string, Anchored> | null = null;
  #aliasedValues = 0;
  /** How many keys `oob` are above what is composed. */
  #outOfBandDepth = 0;
  readonly #text: string;
  readonly #events: readonly Event[];
  #index = 0;
  /** Offset of the value that was composed last. */
  #at = 0;
  /** End of the last event that had one; where an empty value stands. */
  #end = 0;
  /** Values so far, with every alias written out. */
  #weight = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  compose(): ComposedDocument {
    this.#next();
    const value = this.#node();
    return {
      value,
      offset: this.#at,
      offsets: this.#offsets,
      duplicateKeys: this.#duplicateKeys,
      aliasedValues: this.#aliasedValues,
    };
  }

  #next(): Event {
    const event = this.#events[this.#index];
    this.#index += 1;
    if (event === undefined) throw new YamlProblem('the document ends unexpectedly', this.#end);
    return event;
  }

  #node(): unknown {
    const event = this.#next();
    this.#weight += 1;
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) {
      throw new YamlProblem('a value is missing', this.#end);
    }
    if (event.anchorStart < 0) return this.#value(event);
    const before = this.#weight;
    const value = this.#value(event);
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    (this.#anchors ??= new Map()).set(name, { value, weight: this.#weight - before });
    return value;
  }

  #value(
    event: Exclude<Event, { type: typeof EVENT_ID.ALIAS | typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>,
  ): unknown {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event);
    const { start } = event;
    this.#end = start;
    const isMapping = event.type === EVENT_ID.MAPPING;
    if (event.tagStart >= 0) this.#checkTag(event, isMapping ? '!!map' : '!!seq');
    const value = isMapping ? this.#mapping() : this.#sequence();
    this.#at = start;
    return value;
  }

  #checkTag({ start, tagStart, tagEnd }: { start: number; tagStart: number; tagEnd: number }, allowed: string): void {
    const tag = this.#text.slice(tagStart, tagEnd);
    if (tag !== '!' && tag !== allowed) throw new YamlProblem(wrongTag, start);
  }

  #alias(start: number, end: number): unknown {
    this.#at = start - 1;
    const name = this.#text.slice(start, end);
    const anchored = this.#anchors?.get(name);
    if (anchored === undefined) throw new YamlProblem(wrongAlias, this.#at);
    this.#weight += anchored.weight;
    this.#aliasedValues += anchored.weight;
    if (this.#weight <= maxWeight) return anchored.value;
    throw new YamlProblem(`the document has more than ${maxWeight} values once aliases are written out`, this.#at);
  }

  #scalar(event: ScalarEvent): unknown {
    const { valueStart, valueEnd } = event;
    const at = valueStart < 0 ? this.#end : valueStart;
    this.#at = at;
    this.#end = Math.max(valueEnd, at);
    const text = event.fast ? this.#text.slice(valueStart, valueEnd) : getScalarValue(this.#text, event);
    if (event.tagStart >= 0) return tagged(this.#text.slice(event.tagStart, event.tagEnd), text, at);
    return event.style === SCALAR_STYLE.PLAIN ? resolveScalar(text) : text;
  }

  #sequence(): readonly unknown[] {
    const items: unknown[] = [];
    const offsets: number[] = [];
    while (!this.#closes()) {
      items.push(this.#node());
      offsets.push(this.#at);
    }
    this.#offsets.record(items, offsets);
    return items;
  }

  #mapping(): YamlMapping {
    const own = new Map<unknown, unknown>();
    const offsets: number[] = [];
    let repeated: Map<unknown, number> | null = null;
    let merged: MergeSource[] | null = null;
    while (!this.#closes()) {
      const isMerge = this.#isMergeKey();
      const key = this.#key();
      const offset = this.#at;
      const value = key === outOfBand ? this.#outOfBand() : this.#node();
      if (isMerge) {
        (merged ??= []).push({ value, offset: this.#at });
        continue;
      }
      own.set(key, value);
      if (repeated === null && own.size > offsets.length) offsets.push(offset);
      else this.#repeat((repeated ??= offsetsByKey(own, offsets)), key, offset);
    }
    this.#offsets.record(own, repeated === null ? offsets : [...repeated.values()]);
    return merged === null ? own : this.#merge(own, merged);
  }

  /** From the first key that stands twice on, a mapping keeps its offsets by key. */
  #repeat(offsets: Map<unknown, number>, key: unknown, offset: number): void {
    const firstOffset = offsets.get(key);
    const isBelowOutOfBand = this.#outOfBandDepth > 0;
    if (firstOffset !== undefined) this.#duplicateKeys.push({ key, isBelowOutOfBand, firstOffset, offset });
    offsets.set(key, offset);
  }

  #outOfBand(): unknown {
    this.#outOfBandDepth += 1;
    const value = this.#node();
    this.#outOfBandDepth -= 1;
    return value;
  }

  #key(): unknown {
    const key = this.#node();
    if (typeof key !== 'object' || key === null) return key;
    if (key instanceof YamlFloat) return key.value;
    throw new YamlProblem('a key must be a plain value', this.#at);
  }

  /**
   * Merged keys stand before own ones; own ones win, then those of the last `<<`, and in the list of one those of the
   * mapping that is named first.
   */
  #merge(own: YamlMapping, merged: readonly MergeSource[]): YamlMapping {
    const result = new Map<unknown, unknown>();
    const offsets = new Map<unknown, number>();
    const sources = merged.flatMap((source) => mappingsIn(source).toReversed());
    for (const source of [...sources, own]) {
      const sourceOffsets = this.#offsets.get(source);
      for (const [key, value] of source) {
        result.set(key, value);
        offsets.set(key, sourceOffsets?.get(key) ?? 0);
      }
    }
    this.#offsets.record(result, [...offsets.values()]);
    return result;
  }

  #isMergeKey(): boolean {
    const event = this.#events[this.#index];
    if (event?.type !== EVENT_ID.SCALAR || event.valueEnd - event.valueStart !== 2) return false;
    if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) return false;
    return this.#text.startsWith('<<', event.valueStart);
  }

  #closes(): boolean {
    if (this.#events[this.#index]?.type !== EVENT_ID.POP) return false;
    this.#index += 1;
    return true;
  }
}

function tagged(tag: string, text: string, offset: number): unknown {
  if (tag === '!' || tag === '!!str') return text;
  const value = resolveScalar(text);
  if (tag === '!!null' && value === null) return value;
  if (tag === '!!bool' && typeof value === 'boolean') return value;
  if ((tag === '!!int' || tag === '!!float') && isNumber(value)) return value;
  throw new YamlProblem(wrongTag, offset);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof YamlFloat;
}

function offsetsByKey(mapping: YamlMapping, offsets: readonly number[]): Map<unknown, number> {
  const byKey = new Map<unknown, number>();
  for (const key of mapping.keys()) {
    const offset = offsets[byKey.size];
    if (offset !== undefined) byKey.set(key, offset);
  }
  return byKey;
}

function mappingsIn(source: MergeSource): readonly YamlMapping[] {
  const sources: readonly unknown[] = Array.isArray(source.value) ? source.value : [source.value];
  return sources.map((mapping) => {
    if (mapping instanceof Map) return mapping;
    throw new YamlProblem('<< needs a mapping or a list of mappings', source.offset);
  });
}
