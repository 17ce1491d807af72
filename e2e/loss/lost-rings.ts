import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { endOfTask } from '../site/end-of-task.js';
import type { Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';

/** Tasks that are stored but for which nobody rang: the sweep finds them. */
export function testLostRings(siteOf: () => Site): void {
  test('a task that was stored without a ring is started by the sweep', async () => {
    const site = siteOf();
    const designRef = await site.writeDesign('unrung', scriptedDesign(['unrung-1']));
    const id = randomUUID();
    await site.database.db
      .execute(sql`insert into task (id, action, design_ref, lane, status, created_by, request_context)
      values (${id}, 'noop', ${designRef}, 'default', 'queued', 'e2e', '{}')`);
    const task = await endOfTask(site, id, 10);
    expect(task.result).toMatchObject({ status: 'success', successes: ['unrung-1'] });
  });
}

/** With Redis frozen, the API cannot ring in time; it is killed before Redis wakes. */
export function testKilledApi(siteOf: () => Site): void {
  test('a task is accepted while Redis is frozen, and runs although the API is killed before it could ring', async () => {
    const site = siteOf();
    const redisPid = site.redisPid ?? 0;
    const designRef = await site.writeDesign('frozen', scriptedDesign(['frozen-1']));
    process.kill(redisPid, 'SIGSTOP');
    let id = '';
    try {
      id = (await site.client.createTask({ action: 'verify_nodes', designRef })).task_id;
      site.signal('api', 'SIGKILL');
    } finally {
      process.kill(redisPid, 'SIGCONT');
    }
    const api = site.drydock.processes.byName.get('api');
    await until('the API is started again', () => api?.pid !== undefined && api.restarts > 0);
    expect((await endOfTask(site, id, 20)).result).toMatchObject({ status: 'success', successes: ['frozen-1'] });
  }, 60_000);
}
