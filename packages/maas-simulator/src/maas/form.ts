import { refuse } from './refusal.js';

/** Parameters of a request; a repeated name is a list. */
export class Form {
  readonly #values = new Map<string, string[]>();

  static ofEntries(entries: Iterable<[string, string]>): Form {
    const form = new Form();
    for (const [name, value] of entries) form.add(name, value);
    return form;
  }

  add(name: string, value: string): void {
    const list = this.#values.get(name);
    if (list === undefined) this.#values.set(name, [value]);
    else list.push(value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** Text that must be there and not be empty. */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined || value === '') throw refuse.field(name, 'This field is required.');
    return value;
  }

  all(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  /** A list that may also be given as one text with commas. */
  words(name: string): string[] {
    return this.all(name)
      .flatMap((value) => value.split(','))
      .map((word) => word.trim())
      .filter((word) => word !== '');
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  /** A checkbox: every text but the empty one and `false` is true, `0` included (05 §8.3). */
  flag(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && value !== '' && value.toLowerCase() !== 'false';
  }

  /** A whole number; undefined when absent or empty. */
  integer(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined || value === '') return undefined;
    if (!/^-?\d+$/.test(value)) throw refuse.field(name, 'Enter a whole number.');
    return Number(value);
  }

  /** The strict kind of boolean; undefined when absent. */
  strictBoolean(name: string): boolean | undefined {
    const value = this.get(name);
    if (value === undefined || value === '') return undefined;
    const word = value.toLowerCase();
    if (['true', 't', 'yes', 'y', 'on', '1'].includes(word)) return true;
    if (['false', 'f', 'no', 'n', 'off', '0'].includes(word)) return false;
    throw refuse.text(400, `Invalid ${name}: Value should be 'true' or 'false'`);
  }

  entries(): [string, string[]][] {
    return [...this.#values.entries()];
  }
}
