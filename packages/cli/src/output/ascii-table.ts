/** A table with `+---+` borders. Cells are centred, as the original's are, or begin at the left. */
export function asciiTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  align: 'centre' | 'left' = 'centre',
): string {
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const line = (cells: readonly string[]): string =>
    `|${widths.map((width, column) => ` ${padded(cells[column] ?? '', width, align)} `).join('|')}|`;
  return `${[border, line(headers), border, ...rows.map(line), border].join('\n')}\n`;
}

function padded(text: string, width: number, align: 'centre' | 'left'): string {
  const before = align === 'left' ? 0 : Math.floor((width - text.length) / 2);
  return (' '.repeat(before) + text).padEnd(width);
}
