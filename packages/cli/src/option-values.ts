import { InvalidArgumentError } from 'commander';
import { type NodeFilterSet, parseNodeFilter } from '@drydock/model';

/** Parsers of option values; commander puts the name of the option before their messages. */
export function someText(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

/** Of an argument that may be given several times. */
export function someTexts(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, someText(value)];
}

/** Names joined by commas; spaces around them do not count. */
export function nameList(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Give names joined by commas, like n01,n02.');
  return names;
}

/** The same of an option that may be given several times. */
export function nameLists(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, ...nameList(value)];
}

export function positiveNumber(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number > 0 && number <= 1_000_000)) throw new InvalidArgumentError('Give a number above 0.');
  return number;
}

/** A node filter as the API takes it. */
export function jsonFilter(value: string): NodeFilterSet | null {
  try {
    return parseNodeFilter(JSON.parse(value));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof SyntaxError ? 'It is not JSON.' : `${(error as Error).message}.`);
  }
}
