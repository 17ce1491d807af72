import type { ErrorCode } from './error-codes.js';

/**
 * The one error class. The message names the thing and the next action; it never holds a secret.
 * `docs/errors.md` says per code what to do.
 */
export class DrydockError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'DrydockError';
  }
}

export function isDrydockError(error: unknown, code?: ErrorCode): error is DrydockError {
  return error instanceof DrydockError && (code === undefined || error.code === code);
}
