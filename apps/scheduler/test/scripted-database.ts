import type { Database } from '@drydock/model/db';

export type ScriptedAnswer = readonly object[] | Promise<readonly object[]> | Error;

/** Stands where Postgres would: answers the statements that hold a piece of text, and keeps what it was asked. */
export class ScriptedDatabase {
  readonly asked: string[] = [];

  /** @param answers piece of a statement → its rows; the first that fits. A statement that none fits has no rows. */
  constructor(private readonly answers: Readonly<Record<string, () => ScriptedAnswer>> = {}) {}

  get database(): Database {
    return this as unknown as Database;
  }

  async transaction<Result>(work: (tx: ScriptedDatabase) => Promise<Result>): Promise<Result> {
    return await work(this);
  }

  async execute(statement: unknown): Promise<{ readonly rows: readonly object[] }> {
    // Drizzle's statements are plain trees: their texts and values can be read as JSON.
    const text = JSON.stringify(statement).replaceAll(/(\\n|\\"|\s)+/g, ' ');
    this.asked.push(text);
    const answer = Object.entries(this.answers).find(([piece]) => text.includes(piece))?.[1]() ?? [];
    if (answer instanceof Error) throw answer;
    return { rows: await answer };
  }
}
