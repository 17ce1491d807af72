/** Why a request gave no document. The message names the request and never holds credentials. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';

  constructor(
    message: string,
    /** Of the HTTP answer; null when there was none. */
    readonly status: number | null,
    /** Whether the same request may succeed later. */
    readonly canRetry: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class ClientUnauthorizedError extends ClientError {
  override readonly name = 'ClientUnauthorizedError';
}

export class ClientForbiddenError extends ClientError {
  override readonly name = 'ClientForbiddenError';
}
