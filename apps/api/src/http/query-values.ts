import { DrydockError } from '@drydock/model';

/** Spellings of the original (reference 01 §1.7); a blank value means yes. */
const spellings: Readonly<Record<string, boolean>> = {
  '': true,
  true: true,
  True: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  on: true,
  false: false,
  False: false,
  f: false,
  no: false,
  n: false,
  '0': false,
  off: false,
};

export function booleanQuery(query: URLSearchParams, name: string): boolean {
  const text = single(query, name);
  if (text === null) return false;
  const value = Object.hasOwn(spellings, text) ? spellings[text] : undefined;
  if (value === undefined) throw refuse(name, text, 'must be true or false');
  return value;
}

export interface IntegerLimits {
  readonly least: number;
  readonly most: number;
}

export function integerQuery(query: URLSearchParams, name: string, limits: IntegerLimits): number | null {
  const text = single(query, name);
  if (text === null) return null;
  const value = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= limits.least && value <= limits.most)) {
    throw refuse(name, text, `must be a whole number from ${limits.least} to ${limits.most}`);
  }
  return value;
}

export function textQuery(query: URLSearchParams, name: string): string | null {
  return single(query, name);
}

function single(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name);
  if (values.length > 1) {
    throw new DrydockError('invalid_request', `query parameter ${name} is given ${values.length} times; give it once`);
  }
  return values[0] ?? null;
}

function refuse(name: string, text: string, problem: string): DrydockError {
  return new DrydockError('invalid_request', `query parameter ${name} ${problem}, not "${text.slice(0, 64)}"`);
}
