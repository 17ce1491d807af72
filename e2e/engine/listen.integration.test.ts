import { afterEach, expect, it } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { readSchedulerConfig, startScheduler } from '@drydock/scheduler';
import { sql } from 'drizzle-orm';
import { node } from './node.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine | undefined;
const allowConnections = (isAllowed: boolean) =>
  engine?.database.db.execute(
    sql`update pg_database set datallowconn = ${isAllowed} where datname = current_database()`,
  );
afterEach(async () => {
  await allowConnections(true);
  await engine?.close();
  engine = undefined;
});

interface Listen {
  readonly ok: boolean;
  readonly detail?: string;
}

/** Asks until the answer is such. */
async function untilListenIs(healthUrl: string, isSuch: (listen: Listen) => boolean): Promise<[number, Listen]> {
  for (;;) {
    const response = await fetch(`${healthUrl}/readyz`);
    const { checks } = (await response.json()) as { checks: { listen: Listen } };
    if (isSuch(checks.listen)) return [response.status, checks.listen];
  }
}

it('a scheduler without LISTEN is ready, says so and goes on; and takes it up again', async () => {
  engine = await runEngine({});
  const scheduler = await startScheduler(readSchedulerConfig(engine.env), silentLog);
  try {
    await untilListenIs(scheduler.healthUrl, ({ detail }) => detail === undefined);
    await allowConnections(false);
    await engine.database.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'drydock-listen' and datname = current_database()`,
    );
    const [status, listen] = await untilListenIs(scheduler.healthUrl, ({ detail }) => detail !== undefined);
    expect([status, listen]).toMatchObject([
      200,
      { ok: true, detail: expect.stringContaining('polling every 250 ms') },
    ]);
    const taskId = await engine.submit('noop', [node('n1')]);
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'success' });
    await allowConnections(true);
    const again = await untilListenIs(scheduler.healthUrl, ({ detail }) => detail === undefined);
    expect(again).toMatchObject([200, { ok: true }]);
  } finally {
    await scheduler.close();
  }
});
