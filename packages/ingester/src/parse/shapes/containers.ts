import { nameOf, printScalar } from './print-scalar.js';
import type { ShapeCursor } from './shape-cursor.js';
import type { PathKey, Shape } from './shape.js';

/** Characters of a name; longer ones spoil every message that has them. */
const longestName = 1024;

const noEntries: ReadonlyMap<string, never> = new Map<string, never>();
const noItems: readonly never[] = Object.freeze([]);

/** A mapping of texts to equal things, in order; keys must be texts. */
export function mapOf<T>(shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return readMap(shape, (key, at) => {
    at.report('modelValue', {
      key,
      message: `is a key that is ${nameOf(key)}, not a string`,
      advice: 'put the key in quotes',
    });
    return null;
  });
}

/** A mapping of names to equal things, in order; a name that YAML takes for something else is read as its text. */
export function namedMapOf<T>(shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return readMap(shape, (key, at) => {
    const name = printScalar(key) ?? 'None';
    at.report('missedType', {
      key,
      message: `is a name that is ${nameOf(key)}, not a string`,
      advice: 'put the name in quotes',
    });
    return name;
  });
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, at) => {
    if (value === undefined) return noItems;
    if (Array.isArray(value)) return value.map((item: unknown, index) => at.read(index, item, shape));
    at.report(value === null ? 'null' : 'type', {
      message: `must be a list, not ${nameOf(value)}`,
      advice: 'write a list, or leave it out',
    });
    return noItems;
  };
}

/** The entries of a mapping; what is none is reported and read as empty. */
export function mappingOf(value: unknown, at: ShapeCursor): ReadonlyMap<PathKey, unknown> {
  if (value instanceof Map) return value;
  if (value !== undefined) {
    at.report(value === null ? 'null' : 'type', {
      message: `must be a mapping, not ${nameOf(value)}`,
      advice: 'write a mapping, or leave it out',
    });
  }
  return noEntries;
}

type NameOfKey = (key: PathKey, at: ShapeCursor) => string | null;

function readMap<T>(shape: Shape<T>, nameOfKey: NameOfKey): Shape<ReadonlyMap<string, T>> {
  return (value, at) => {
    if (value === undefined) return noEntries;
    const entries = new Map<string, T>();
    for (const [key, item] of mappingOf(value, at)) {
      const name = typeof key === 'string' ? key : nameOfKey(key, at);
      if (name !== null && isShort(name, at)) entries.set(name, at.read(key, item, shape));
    }
    return entries;
  };
}

function isShort(name: string, at: ShapeCursor): boolean {
  if (name.length <= longestName) return true;
  at.report('limit', {
    message: `has a key of ${name.length} characters; ${longestName} is the limit`,
    advice: 'write a shorter one',
  });
  return false;
}
