import { ValidationError, type Schema } from 'yup';
import { MaasError } from '../http/maas-error.js';
import { type QuickCheck, quickCheckOf } from './quick-check.js';

/** By schema; the schemas are constants. */
const quickChecks = new WeakMap<Schema, QuickCheck>();

/**
 * Checks an answer of MAAS against the fields that we use; others may be there.
 * @param what names the answer in the error
 * @throws MaasError `protocol`
 */
export function readDocument<T>(schema: Schema<T>, document: unknown, what: string): T {
  if (fitsQuickly(schema, document)) return document as T;
  try {
    return schema.validateSync(document, { strict: true, abortEarly: true });
  } catch (error) {
    const reason = error instanceof ValidationError ? `${error.path ?? ''} ${error.message}`.trim() : 'unreadable';
    throw new MaasError(
      'protocol',
      `MAAS answered with ${what} that we cannot read: ${reason}; check that its version is between 2.9 and 3.7`,
      { status: null, text: reason, retryAfterSeconds: null },
      { cause: error },
    );
  }
}

function fitsQuickly(schema: Schema, document: unknown): boolean {
  let fits = quickChecks.get(schema);
  if (fits === undefined) {
    fits = quickCheckOf(schema);
    quickChecks.set(schema, fits);
  }
  return fits(document);
}
