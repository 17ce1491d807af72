import { closestWord } from './closest-word.js';
import { mappingOf } from './containers.js';
import { printKey } from './print-scalar.js';
import { ShapeCursor } from './shape-cursor.js';
import type { Mistake, PathKey, Shape, ShapeOf } from './shape.js';

type Fields = Readonly<Record<string, Shape<unknown>>>;
export type Section<F extends Fields> = { readonly [K in keyof F]: ShapeOf<F[K]> };

/** What a key is that a section does not have; null when it is welcome (reference 02 §3, `AP`). */
export type UnknownKeys = Extract<Mistake, 'unknownKey' | 'missedKey' | 'strayKey'> | null;

/**
 * A mapping with known keys. Absent, it is read as an empty one, so that every field has its default; a section with
 * required fields is an item of a list or mapping, or stands in `optional` or `required`, and is never read as absent.
 */
export function section<F extends Fields>(fields: F, unknownKeys: UnknownKeys = 'unknownKey'): Shape<Section<F>> {
  const rows = Object.entries(fields).map(([name, shape]) => ({ name, shape, ...whenAbsent(shape) }));
  const names: ReadonlySet<unknown> = new Set(Object.keys(fields));
  const absentSection = Object.fromEntries(rows.map(({ name, absent }) => [name, absent])) as Section<F>;
  return (value, at) => {
    if (value === undefined) return absentSection;
    const map = mappingOf(value, at);
    if (map !== value) return absentSection;
    if (unknownKeys !== null) reportUnknownKeys(map, at, { names, mistake: unknownKeys });
    const read: Record<string, unknown> = {};
    for (const { name, shape, absent, isWanted } of rows) {
      const field = map.get(name);
      read[name] = field === undefined && !isWanted ? absent : at.read(name, field, shape);
    }
    return read as Section<F>;
  };
}

/** Most fields of most documents are absent; what such a field is read as, and whether it is missed, never changes. */
function whenAbsent(shape: Shape<unknown>): { readonly absent: unknown; readonly isWanted: boolean } {
  let isWanted = false;
  const at = new ShapeCursor(() => {
    isWanted = true;
  });
  return { absent: shape(undefined, at), isWanted };
}

/** A shape with a look at what it read: at several of its fields together. */
export function afterwards<T>(shape: Shape<T>, check: (read: T, at: ShapeCursor) => void): Shape<T> {
  return (value, at) => {
    const read = shape(value, at);
    check(read, at);
    return read;
  };
}

function reportUnknownKeys(
  map: ReadonlyMap<PathKey, unknown>,
  at: ShapeCursor,
  { names, mistake }: { readonly names: ReadonlySet<unknown>; readonly mistake: Mistake },
): void {
  let known: readonly string[] | null = null;
  for (const key of map.keys()) {
    if (names.has(key)) continue;
    known ??= [...names].map(String);
    const meant = closestWord(printKey(key), known);
    at.report(mistake, {
      key,
      meant,
      message: meant === null ? 'is unknown here' : `is unknown here; is ${meant} meant?`,
      advice: `remove it, or write one of ${known.join(', ')}`,
    });
  }
}
