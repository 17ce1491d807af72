import type { SourcePlace } from '@drydock/model';

/** The text of a design and where each of its characters stands. */
export class SourceText {
  /** Most designs have nothing to point at; null until somebody asks. */
  #lineStarts: readonly number[] | null = null;

  constructor(
    readonly text: string,
    readonly source: string,
  ) {}

  /** Line and column of an offset, both from 1. */
  placeAt(offset: number): SourcePlace {
    const starts = (this.#lineStarts ??= startsOfLines(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { source: this.source, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
