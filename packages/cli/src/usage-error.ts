/** The command line cannot mean anything; the message names the option. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
