const systemCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);

/**
 * Connection exceptions, shutdowns, starting up, too many connections, statements that were cut off, lost races
 * (Postgres appendix A).
 */
const sqlStates = /^(08...|57P0.|57014|25P0[34]|53300|40001|40P01)$/;

/** Words of node-postgres, which has no codes for these. */
const driverWords =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Drizzle wraps driver errors, and Node wraps one error per address that it tried. */
const depthLimit = 5;

/** Whether a statement failed because nobody answered, rather than because of what it said. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > depthLimit) return false;
  const { code, message, cause, errors, syscall } = error as Readonly<Record<string, unknown>>;
  // A socket file that is not there; any other missing file is no trouble of the database.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (typeof code === 'string' && (systemCodes.has(code) || sqlStates.test(code))) return true;
  if (typeof message === 'string' && driverWords.test(message)) return true;
  const inner = [cause, ...(Array.isArray(errors) ? (errors as readonly unknown[]) : [])];
  return inner.some((one) => isDatabaseUnavailable(one, depth + 1));
}
