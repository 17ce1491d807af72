import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { type SQL, sql } from 'drizzle-orm';
import { node } from './node.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine;
const oob = {
  type: 'scripted',
  network: 'oob',
  account: null,
  credential: null,
  address: '127.16.0.1',
  port: 443,
  scheme: null,
  parameters: {},
} as const;
beforeEach(async () => {
  engine = await runEngine({
    script: [
      { verb: 'deploy_node', outcome: 'done', withEffects: true, delayAt: 'after_intent', delayMilliseconds: 600_000 },
    ],
  });
});
afterEach(() => engine.close());

const ask = <Row>(statement: SQL) => rows<Row>(engine.database.db, statement);

async function until<Row>(statement: SQL): Promise<Row> {
  for (;;) {
    const [row] = await ask<Row>(statement);
    if (row) return row;
  }
}

/** Its worker is gone for the third time, in the middle of a request. */
async function loseForTheLastTime(): Promise<void> {
  const { id } = await until<{ id: string }>(sql`select step_id as id from intent where settled_at is null`);
  await ask(sql`update step set lost_count = 2, holder_id = gen_random_uuid() where id = ${id}`);
}

describe('a step whose workers died three times, the last time with an effect begun', () => {
  it('fails and says what to look at, and its BMC and node stay shut for 300 s', async () => {
    const taskId = await engine.submit('deploy_nodes', [node('n1', { oob })]);
    await loseForTheLastTime();
    expect(await engine.ended(taskId)).toMatchObject({ resultStatus: 'failure', failures: ['n1'] });
    expect(await ask(sql`select verb, attempt, error_class, reason from step where "end" = 'failed'`)).toEqual([
      {
        verb: 'deploy_node',
        attempt: 0,
        error_class: 'effect_unknown',
        reason: expect.stringMatching(
          /died three times .* with deploy_node begun and not settled; look at the machine/,
        ),
      },
    ]);
    const shut = await ask(
      sql`select key, held, closed_until > clock_timestamp() + interval '200 s' as "isLong"
        from concurrency_group where closed_until is not null order by key`,
    );
    expect(shut).toEqual([
      { key: 'bmc:127.16.0.1:443', held: 0, isLong: true },
      { key: 'node:default:n1', held: 0, isLong: true },
    ]);
    expect(await ask(sql`select 1 from place`)).toEqual([]);
  });

  it('lets nobody else at the machine before that time is over', async () => {
    const first = await engine.submit('deploy_nodes', [node('n1', { oob })]);
    await loseForTheLastTime();
    await engine.ended(first);
    const second = await engine.submit('verify_nodes', [node('n1', { oob }), node('n2')]);
    await until(sql`select 1 as one from step where task_id = ${second} and node_name = 'n2' and "end" = 'succeeded'`);
    expect(await ask(sql`select status from step where task_id = ${second} and node_name = 'n1'`)).toEqual([
      { status: 'pending' },
    ]);
    await ask(sql`update concurrency_group set closed_until = clock_timestamp() where closed_until is not null`);
    expect(await engine.ended(second)).toMatchObject({ resultStatus: 'success', successes: ['n1', 'n2'] });
  });
});
