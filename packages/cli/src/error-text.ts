interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

/** What an error says. Node gives one without a message when it tried several addresses of a host. */
export function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, message, errors } = error as ErrorLike;
  if (typeof message === 'string' && message !== '') return message;
  if (Array.isArray(errors)) return errors.map(errorText).join('; ');
  return typeof name === 'string' ? name : 'unknown error';
}
