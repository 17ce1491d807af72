import { ValidationError, type Schema } from 'yup';
import { MaasError } from '../http/maas-error.js';

/**
 * Checks an answer of MAAS against the fields that we use; others may be there.
 * @param what names the answer in the error
 * @throws MaasError `protocol`
 */
export function readDocument<T>(schema: Schema<T>, document: unknown, what: string): T {
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
