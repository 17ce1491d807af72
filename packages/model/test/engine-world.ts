import { randomUUID } from 'node:crypto';
import type pg from 'pg';
// By path: a dependency of the model on its testkit would be a circle that `turbo run build` refuses.
import { createTestDatabase } from '../../testkit/src/test-database.js';
import {
  claimStep,
  type Database,
  ensureGroups,
  insertSteps,
  insertTask,
  openDatabase,
  type OpenDatabase,
  type RunRef,
  startNext,
  type StepLease,
  type Transaction,
  writeAdmission,
} from '../src/db/index.js';
import type { PlannedStep } from '../src/index.js';
import { plannedStep } from './planned-step.js';

export type Row = Readonly<Record<string, unknown>>;

/** A step that a living worker runs under its first fence. */
export interface RunningStep extends StepLease {
  readonly run: RunRef;
  readonly workerId: string;
}

/** A transaction that stays open until the test commits it. */
export interface HeldTransaction<T> {
  readonly value: T;
  commit(): Promise<void>;
}

/** The engine's stores on a database of their own, with short words for what must exist before a test. */
export class EngineWorld {
  readonly db: Database;
  readonly pool: pg.Pool;

  constructor(
    readonly url: string,
    private readonly opened: OpenDatabase,
    private readonly drop: () => Promise<void>,
  ) {
    this.db = opened.db;
    this.pool = opened.pool;
  }

  async close(): Promise<void> {
    await this.opened.close();
    await this.drop();
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const { rows } = await this.pool.query<Row>(text, [...values]);
    return rows;
  }

  async clear(): Promise<void> {
    await this.query('truncate task, lane, run, holder, lease, step, stage, intent, message, build_data');
    await this.query('truncate concurrency_group, place, retry_budget, boot_action, boot_action_context');
  }

  /** @param secondsLeft of its lease; negative: it is dead */
  async holder(secondsLeft = 60, process: 'worker' | 'scheduler' = 'worker', slots = 2): Promise<string> {
    const id = randomUUID();
    await this.query(
      `insert into holder (id, process, host, pid, slots, expires_at)
        values ($1, $2, 'h', 1, $3, clock_timestamp() + make_interval(secs => $4))`,
      [id, process, slots, secondsLeft],
    );
    return id;
  }

  async kill(holderId: string): Promise<void> {
    await this.query(`update holder set expires_at = clock_timestamp() - interval '1 s' where id = $1`, [holderId]);
  }

  async task(lane = 'default'): Promise<string> {
    const id = randomUUID();
    await insertTask(this.db, {
      id,
      action: 'prepare_nodes',
      designRef: 'file:///site.yaml',
      designRefSealed: null,
      nodeFilter: null,
      lane,
      createdBy: 'alice',
      requestContext: { requestId: 'r1', externalMarker: '', endUser: '', user: 'alice' },
      idempotencyKey: null,
      idempotencyHash: null,
      traceParent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    return id;
  }

  /** A task that a living scheduler drives. */
  async run(lane: string = randomUUID()): Promise<RunRef> {
    await this.task(lane);
    const run = await startNext(this.db, lane, await this.holder(60, 'scheduler', 0));
    if (!run) throw new Error(`nothing to start in lane ${lane}`);
    return run;
  }

  /** Stored as a plan, in the order of their ids. */
  async steps(run: RunRef, planned: readonly PlannedStep[]): Promise<readonly string[]> {
    const ids = await this.db.transaction((tx) => insertSteps(tx, run, planned));
    return planned.map((step) => ids.get(step.key) ?? '');
  }

  async admit(run: RunRef, stepIds: readonly string[]): Promise<void> {
    const steps = stepIds.map((id) => ({ id, readySince: 0 }));
    await this.db.transaction((tx) => writeAdmission(tx, run.taskId, { steps, places: [], groups: [] }));
  }

  async admittedStep(): Promise<{ readonly run: RunRef; readonly stepId: string }> {
    const run = await this.run();
    const [stepId = ''] = await this.steps(run, [plannedStep(0)]);
    await this.admit(run, [stepId]);
    return { run, stepId };
  }

  async runningStep(): Promise<RunningStep> {
    const { run, stepId } = await this.admittedStep();
    const workerId = await this.holder();
    const claim = await claimStep(this.db, stepId, workerId);
    if (claim.kind !== 'claimed') throw new Error(`step ${stepId} was not claimed`);
    return { run, stepId, workerId, fence: claim.step.fence };
  }

  /** One group and one place in it for the step. */
  async place(run: RunRef, stepId: string, key: string): Promise<void> {
    const limits = { limit: 1, weight: 1, spacingMilliseconds: 0, rampPerMinute: 0, guardsMachine: false };
    await this.db.transaction((tx) => ensureGroups(tx, [{ key, scope: 'step', ...limits }]));
    await this.query(`update concurrency_group set held = 1 where key = $1`, [key]);
    await this.query(`insert into place (group_key, scope, task_id, step_id) values ($1, 'step', $2, $3)`, [
      key,
      run.taskId,
      stepId,
    ]);
  }

  /** The step's row, by the names of its columns. */
  async step(stepId: string): Promise<Row> {
    const [row] = await this.query('select * from step where id = $1', [stepId]);
    if (!row) throw new Error(`no step ${stepId}`);
    return row;
  }

  /** @param assignments SQL after `set` */
  async setStep(stepId: string, assignments: string): Promise<void> {
    await this.query(`update step set ${assignments} where id = $1`, [stepId]);
  }

  async hold<T>(work: (tx: Transaction) => Promise<T>): Promise<HeldTransaction<T>> {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let over: Promise<void> = Promise.resolve();
    const value = await new Promise<T>((resolve, reject) => {
      over = this.db.transaction(async (tx) => {
        resolve(await work(tx));
        await gate;
      });
      over.catch(reject);
    });
    return {
      value,
      commit: async () => {
        release();
        await over;
      },
    };
  }

  /** Until `count` statements of this database wait for a lock. */
  async waiters(count = 1): Promise<void> {
    for (let look = 0; look < 5000; look += 1) {
      const waiting = await this.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (waiting.length >= count) return;
    }
    throw new Error('nobody waits for a lock');
  }
}

export async function openEngineWorld(): Promise<EngineWorld> {
  const database = await createTestDatabase();
  const opened = openDatabase({
    connectionString: database.url,
    applicationName: 'model-test',
    maxConnections: 6,
    isDurable: false,
    onError: (error) => {
      throw error;
    },
  });
  return new EngineWorld(database.url, opened, () => database.close());
}
