/** Text that is no YAML, or YAML that no design may hold. The offset counts from the start of the document's text. */
export class YamlProblem extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'YamlProblem';
  }
}
