/**
 * A shape checks a value of a document and gives what the compiler works with. It never throws: what is wrong is
 * reported, and the nearest harmless value takes its place, so that one mistake hides no other.
 */
export type Shape<T> = (value: unknown, at: ShapePlace) => T;

export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

/**
 * What kind of mistake a value is (reference 02 §3):
 * `coerced` a scalar of another type, whose meaning is plain · `missing` null where a value belongs ·
 * `unknown` a key that the kind does not have · `type` a value that cannot be read at all ·
 * `value` one that the original's model refused · `advice` a mistake that the original let pass.
 */
export type Mistake = 'coerced' | 'missing' | 'unknown' | 'type' | 'value' | 'advice';

export interface ShapePath {
  readonly parent: ShapePath | null;
  readonly key: string | number;
}

export type ReportMistake = (mistake: Mistake, path: ShapePath | null, message: string) => void;

/** Where in its document a shape reads. */
export class ShapePlace {
  constructor(
    readonly path: ShapePath | null,
    readonly reportMistake: ReportMistake,
  ) {}

  in(key: string | number): ShapePlace {
    return new ShapePlace({ parent: this.path, key }, this.reportMistake);
  }

  report(mistake: Mistake, message: string): void {
    this.reportMistake(mistake, this.path, message);
  }
}

/** Keys from the root of the document's body to the value. */
export function keysOf(path: ShapePath | null): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step = path; step !== null; step = step.parent) keys.push(step.key);
  return keys.reverse();
}

/** For people, for instance `storage.physical_devices.sda.partitions[0].size`. */
export function printPath(keys: readonly (string | number)[]): string {
  return keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
