/**
 * SQLSTATE: connection exception (08), serialization failure and deadlock (40), operator intervention (57P), too many
 * connections (53300); and Node's own codes.
 */
const passingCodes =
  /^(08...|40...|57P..|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** What pg says without a code. */
const lossMessages =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying|read timeout/i;

/**
 * Whether the same statement may succeed a moment later: the connection was lost, or Postgres chose another's.
 * It may nevertheless have been executed.
 */
export function isPassingFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return passingCodes.test(code) || lossMessages.test(error.message);
}
