import { mixed } from 'yup';

/** A configuration field with items joined by commas; blanks around them and empty ones do not count. */
export function listSetting(variable: string) {
  return mixed((value: unknown): value is readonly string[] => Array.isArray(value))
    .transform((value: unknown) => (typeof value === 'string' ? itemsOf(value) : value))
    .default([])
    .meta({ env: variable });
}

function itemsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
