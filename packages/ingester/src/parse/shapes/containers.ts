import { nameOf } from './scalars.js';
import type { Shape, ShapeOf, ShapePlace } from './shape.js';

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Section<F extends Fields> = { readonly [K in keyof F]: ShapeOf<F[K]> };

/** What becomes of a key that a section does not have: an error, a warning or nothing (reference 02 §3, `AP`). */
export type UnknownKeys = 'refused' | 'advised' | 'allowed';

/** A mapping with known keys. Absent, it is read as an empty one, so that every field has its default. */
export function section<F extends Fields>(fields: F, unknownKeys: UnknownKeys = 'refused'): Shape<Section<F>> {
  const names = Object.keys(fields);
  return (value, at) => {
    const map = mappingOf(value, at);
    if (unknownKeys !== 'allowed') reportUnknownKeys(map, fields, { at, unknownKeys });
    const read: Record<string, unknown> = {};
    for (const name of names) read[name] = fields[name]?.(map.get(name), at.in(name));
    return read as Section<F>;
  };
}

/** A mapping of names to equal things, in order. */
export function mapOf<T>(shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return (value, at) => {
    const entries = new Map<string, T>();
    for (const [key, item] of mappingOf(value, at)) {
      if (typeof key === 'string') entries.set(key, shape(item, at.in(key)));
      else at.report('value', `has a key that is ${nameOf(key)}, not a string: ${String(key)}; quote it`);
    }
    return entries;
  };
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, at) => {
    if (Array.isArray(value)) return value.map((item: unknown, index) => shape(item, at.in(index)));
    if (value === null) at.report('missing', 'must be a list, not null');
    else if (value !== undefined) at.report('type', `must be a list, not ${nameOf(value)}`);
    return [];
  };
}

/** Null when absent, instead of the shape's default. */
export function optional<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => {
    if (value === null) at.report('missing', 'must not be null; leave it out');
    return value === undefined || value === null ? null : shape(value, at);
  };
}

/** Null stays null and is no mistake. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === undefined || value === null ? null : shape(value, at));
}

/** Absent is a mistake. */
export function required<T>(shape: Shape<T | null>): Shape<T | null> {
  return (value, at) => {
    if (value === undefined || value === null) at.report('value', 'is missing');
    return value === undefined || value === null ? null : shape(value, at);
  };
}

/** The entries of a mapping; what is none is reported and read as empty. */
export function mappingOf(value: unknown, at: ShapePlace): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) return value;
  if (value === null) at.report('missing', 'must be a mapping, not null');
  else if (value !== undefined) at.report('type', `must be a mapping, not ${nameOf(value)}`);
  return new Map();
}

function reportUnknownKeys(
  map: ReadonlyMap<unknown, unknown>,
  fields: Fields,
  { at, unknownKeys }: { at: ShapePlace; unknownKeys: UnknownKeys },
): void {
  for (const key of map.keys()) {
    if (typeof key === 'string' && Object.hasOwn(fields, key)) continue;
    const known = Object.keys(fields).join(', ');
    at.in(typeof key === 'number' ? `${key}` : String(key)).report(
      unknownKeys === 'refused' ? 'unknown' : 'advice',
      `is unknown here; known are ${known}`,
    );
  }
}
