import type { SourcePlace } from '@drydock/model';

/** The text of a design and where each of its characters stands. */
export class SourceText {
  readonly #lineStarts: readonly number[];

  constructor(
    readonly text: string,
    readonly source: string,
  ) {
    this.#lineStarts = startsOfLines(text);
  }

  /** Line and column of an offset, both from 1. */
  placeAt(offset: number): SourcePlace {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { source: this.source, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
