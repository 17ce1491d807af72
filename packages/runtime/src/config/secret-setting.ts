import { mixed } from 'yup';
import { Secret } from '../secret.js';

/** A configuration field whose value is wrapped as soon as it is read, so that neither errors nor logs can show it. */
export function secretSetting(variable: string) {
  return mixed((value: unknown): value is Secret => value instanceof Secret)
    .transform((value: unknown) => (typeof value === 'string' ? new Secret(value) : value))
    .meta({ env: variable });
}
