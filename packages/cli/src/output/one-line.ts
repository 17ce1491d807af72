/** A document of the API for the next program. */
export function oneLine(document: object): string {
  return `${JSON.stringify(document)}\n`;
}
