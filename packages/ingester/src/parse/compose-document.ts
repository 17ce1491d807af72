import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import { resolveScalar } from './resolve-scalar.js';
import { YamlProblem } from './yaml-problem.js';

/** A mapping of a document, with its keys in order; keys are what YAML says they are, not always strings. */
export type YamlMapping = ReadonlyMap<unknown, unknown>;

export interface DuplicateKey {
  readonly key: unknown;
  readonly firstOffset: number;
  readonly offset: number;
}

export interface ComposedDocument {
  readonly value: unknown;
  /** Of the first thing in the document. */
  readonly offset: number;
  /** Per mapping or sequence: where each key or item stands. */
  readonly offsets: ReadonlyMap<object, ReadonlyMap<unknown, number>>;
  readonly duplicateKeys: readonly DuplicateKey[];
}

interface Composed {
  readonly value: unknown;
  readonly offset: number;
  /** Values below, with every alias written out: bounds what a walk over the document can cost. */
  readonly weight: number;
}

const maxWeight = 2_000_000;

/** Builds the value of one document from js-yaml's events, keeping positions. Throws `YamlProblem`. */
export function composeDocument(text: string, events: readonly Event[]): ComposedDocument {
  return new Composer(text, events).compose();
}

class Composer {
  readonly #offsets = new Map<object, Map<unknown, number>>();
  readonly #duplicateKeys: DuplicateKey[] = [];
  readonly #anchors = new Map<string, Composed>();
  readonly #text: string;
  readonly #events: readonly Event[];
  #index = 0;
  /** End of the last event that had one; where an empty value stands. */
  #offset = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  compose(): ComposedDocument {
    this.#next();
    const { value, offset } = this.#node();
    return { value, offset, offsets: this.#offsets, duplicateKeys: this.#duplicateKeys };
  }

  #next(): Event {
    const event = this.#events[this.#index];
    this.#index += 1;
    if (event === undefined) throw new YamlProblem('the document ends unexpectedly', this.#offset);
    return event;
  }

  #node(): Composed {
    const event = this.#next();
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.SEQUENCE:
        this.#offset = event.start;
        return this.#anchored(event, this.#sequence(event.start, this.#tagOf(event)));
      case EVENT_ID.MAPPING:
        this.#offset = event.start;
        return this.#anchored(event, this.#mapping(event.start, this.#tagOf(event)));
      case EVENT_ID.ALIAS:
        return this.#alias(this.#text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
      default:
        throw new YamlProblem('a value is missing', this.#offset);
    }
  }

  #anchored(event: { anchorStart: number; anchorEnd: number }, composed: Composed): Composed {
    if (event.anchorStart >= 0) this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), composed);
    return composed;
  }

  #alias(name: string, offset: number): Composed {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) throw new YamlProblem(`alias *${name} points at no finished value before it`, offset);
    return { ...anchored, offset };
  }

  #tagOf(event: { tagStart: number; tagEnd: number }): string | null {
    return event.tagStart < 0 ? null : this.#text.slice(event.tagStart, event.tagEnd);
  }

  #scalar(event: ScalarEvent): Composed {
    const offset = event.valueStart >= 0 ? event.valueStart : this.#offset;
    this.#offset = Math.max(event.valueEnd, offset);
    const text = event.valueStart >= 0 ? getScalarValue(this.#text, event) : '';
    const tag = this.#tagOf(event);
    const value = tag === null ? plainOrText(text, event) : this.#tagged(tag, text, offset);
    return { value, offset, weight: 1 };
  }

  #tagged(tag: string, text: string, offset: number): unknown {
    if (tag === '!' || tag === '!!str') return text;
    const value = resolveScalar(text);
    if (tag === '!!null' && value === null) return value;
    if (tag === '!!bool' && typeof value === 'boolean') return value;
    if ((tag === '!!int' || tag === '!!float') && typeof value === 'number') return value;
    throw new YamlProblem(`tag ${tag} is not allowed here; write the value without it`, offset);
  }

  #sequence(start: number, tag: string | null): Composed {
    if (tag !== null && tag !== '!' && tag !== '!!seq') throw new YamlProblem(`tag ${tag} is not allowed`, start);
    const items: unknown[] = [];
    const offsets = new Map<unknown, number>();
    let weight = 1;
    while (!this.#closes()) {
      const item = this.#node();
      offsets.set(items.length, item.offset);
      items.push(item.value);
      weight = this.#weigh(weight, item);
    }
    this.#offsets.set(items, offsets);
    return { value: items, offset: start, weight };
  }

  #mapping(start: number, tag: string | null): Composed {
    if (tag !== null && tag !== '!' && tag !== '!!map') throw new YamlProblem(`tag ${tag} is not allowed`, start);
    const own = new Map<unknown, unknown>();
    const offsets = new Map<unknown, number>();
    const merged: Composed[] = [];
    let weight = 1;
    while (!this.#closes()) {
      const isMerge = this.#isMergeKey();
      const key = this.#node();
      const value = this.#node();
      weight = this.#weigh(weight, value);
      if (isMerge) merged.push(value);
      else this.#set(own, offsets, { key, value: value.value });
    }
    return { value: this.#finish(own, offsets, merged), offset: start, weight };
  }

  #set(own: Map<unknown, unknown>, offsets: Map<unknown, number>, entry: { key: Composed; value: unknown }): void {
    const { value: key, offset } = entry.key;
    if (typeof key === 'object' && key !== null) throw new YamlProblem('a key must be a plain value', offset);
    const firstOffset = offsets.get(key);
    if (firstOffset !== undefined) this.#duplicateKeys.push({ key, firstOffset, offset });
    own.set(key, entry.value);
    offsets.set(key, offset);
  }

  /** Merged keys stand before own ones; own ones win, then those of the mapping that is named first. */
  #finish(own: Map<unknown, unknown>, offsets: Map<unknown, number>, merged: readonly Composed[]): YamlMapping {
    this.#offsets.set(own, offsets);
    if (merged.length === 0) return own;
    const result = new Map<unknown, unknown>();
    const resultOffsets = new Map<unknown, number>();
    const sources = merged.flatMap((source) => mergeSources(source)).reverse();
    for (const source of [...sources, own]) {
      for (const [key, value] of source) {
        result.set(key, value);
        resultOffsets.set(key, this.#offsets.get(source)?.get(key) ?? 0);
      }
    }
    this.#offsets.set(result, resultOffsets);
    return result;
  }

  #isMergeKey(): boolean {
    const event = this.#events[this.#index];
    if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0) return false;
    return this.#text.slice(event.valueStart, event.valueEnd) === '<<';
  }

  #closes(): boolean {
    if (this.#events[this.#index]?.type !== EVENT_ID.POP) return false;
    this.#index += 1;
    return true;
  }

  #weigh(weight: number, added: Composed): number {
    if (weight + added.weight > maxWeight) {
      throw new YamlProblem(
        `the document has more than ${maxWeight} values once aliases are written out`,
        added.offset,
      );
    }
    return weight + added.weight;
  }
}

function plainOrText(text: string, event: ScalarEvent): unknown {
  return event.style === SCALAR_STYLE.PLAIN ? resolveScalar(text) : text;
}

function mergeSources(source: Composed): readonly YamlMapping[] {
  const sources: readonly unknown[] = Array.isArray(source.value) ? source.value : [source.value];
  return sources.map((mapping) => {
    if (mapping instanceof Map) return mapping;
    throw new YamlProblem('<< needs a mapping or a list of mappings', source.offset);
  });
}
