/** Part of a YAML stream that holds at most one document; offsets into the stream. */
export interface DocumentRange {
  readonly start: number;
  readonly end: number;
}

const marker = /^(---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const isPrologue = /^(?:[ \t]*(?:#.*|%.*)?(?:\r?\n|$))*$/;

/**
 * Cuts a YAML stream at its document markers, so that a syntax error spoils one document and not those after it.
 * Exact, because YAML allows `---` and `...` at the start of a line nowhere else (YAML 1.2, c-forbidden).
 */
export function splitDocuments(text: string): readonly DocumentRange[] {
  const ranges: DocumentRange[] = [];
  let start = 0;
  let hasStarted = false;
  for (const match of text.matchAll(marker)) {
    const isEnd = match[1] === '...';
    if (!isEnd && !hasStarted && isPrologue.test(text.slice(start, match.index))) {
      hasStarted = true;
      continue;
    }
    const end = isEnd ? endOfLine(text, match.index) : match.index;
    ranges.push({ start, end });
    start = end;
    hasStarted = !isEnd;
  }
  ranges.push({ start, end: text.length });
  return ranges.filter((range) => range.end > range.start);
}

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}
