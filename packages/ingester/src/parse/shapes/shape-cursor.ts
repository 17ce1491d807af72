import type { Mistake, MistakeText, PathKey, ReportMistake, Shape } from './shape.js';

/**
 * Where in its document a shape reads. One cursor walks a whole document; the path to a value is written down only
 * when there is something to say about it, since most of ten thousand documents are without fault.
 */
export class ShapeCursor {
  readonly #keys: PathKey[] = [];
  readonly #reportMistake: ReportMistake;

  constructor(reportMistake: ReportMistake) {
    this.#reportMistake = reportMistake;
  }

  /** What a shape makes of the part under a key. */
  read<T>(key: PathKey, value: unknown, shape: Shape<T>): T {
    this.#keys.push(key);
    const read = shape(value, this);
    this.#keys.pop();
    return read;
  }

  /** Something about the value itself, or about the part under `key`. */
  report(mistake: Mistake, text: MistakeText & { readonly key?: PathKey }): void {
    this.#reportMistake(mistake, text.key === undefined ? [...this.#keys] : [...this.#keys, text.key], text);
  }
}
