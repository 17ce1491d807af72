import type { Database } from '@drydock/model/db';

/** A statement as it was sent: its text with `?` for every value, and the values; JSON is read back. */
export interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Stands where Postgres would: keeps what it is told, and answers what the case says. */
export class RecordingDatabase {
  readonly sent: Sent[] = [];
  answer: (sent: Sent) => readonly object[] | Promise<readonly object[]> = () => [];

  get database(): Database {
    return this as unknown as Database;
  }

  async execute(statement: unknown): Promise<{ readonly rows: readonly object[] }> {
    const values: unknown[] = [];
    const sent = { text: textOf(statement, values).replaceAll(/\s+/g, ' ').trim(), values };
    this.sent.push(sent);
    return { rows: await this.answer(sent) };
  }
}

/** Drizzle's statements are trees of pieces of text, values and other statements. */
function textOf(piece: unknown, values: unknown[]): string {
  if (typeof piece === 'object' && piece !== null) {
    if ('queryChunks' in piece) return (piece.queryChunks as unknown[]).map((one) => textOf(one, values)).join('');
    if ('encoder' in piece && 'value' in piece) return textOf(piece.value, values);
    if ('value' in piece && Array.isArray(piece.value)) return piece.value.join('');
  }
  values.push(typeof piece === 'string' && /^[[{]/.test(piece) ? (JSON.parse(piece) as unknown) : piece);
  return '?';
}
