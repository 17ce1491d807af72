/**
 * The code of an error of Node, Postgres or our own, e.g. `ENOENT`. By shape and not by class: an error may come
 * from another realm (a worker, jest), where `instanceof` says no.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
