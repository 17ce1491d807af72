/**
 * A task id in the database's spelling. Takes what Python's UUID parser takes (reference 01 §1.7): upper case, no
 * dashes, braces, `urn:uuid:`. Null for anything else, which is the id of no task.
 */
export function parseTaskId(typed: string): string | null {
  const digits = typed
    .toLowerCase()
    .replace('urn:', '')
    .replace('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(digits);
  return parts ? parts.slice(1).join('-') : null;
}
