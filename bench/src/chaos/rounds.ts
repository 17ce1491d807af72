import { randomUUID } from 'node:crypto';
import { ClientError, type NewTask } from '@drydock/client';
import { checkDeployed } from '@drydock/demo';
import { type Attempt, checkJournal, type JournalProblem } from '@drydock/testkit';
import type { ChaosStand } from './chaos-stand.js';

export interface RoundsResult {
  readonly tasks: number;
  /** What never ended, ended wrongly or left a machine other than its design says; a line each. */
  readonly lost: readonly string[];
  /** What the simulator's journal holds against us. */
  readonly problems: readonly JournalProblem[];
}

export interface RoundsOptions {
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

const actions = ['prepare_site', 'prepare_nodes', 'deploy_nodes'];
/** Above the longest that a task of some nodes takes when its steps must settle for 30 s a few times. */
const taskSeconds = 300;
const acceptSeconds = 60;
const lookMilliseconds = 100;

/** Prepares and deploys a new fleet again and again until it is over; a round that has begun is finished. */
export async function runRounds(stand: ChaosStand, options: RoundsOptions): Promise<RoundsResult> {
  const lost: string[] = [];
  const problems: JournalProblem[] = [];
  let tasks = 0;
  for (let round = 1; !options.isOver(); round += 1) {
    options.signal.throwIfAborted();
    const since = (await stand.simulator.control.journal({ accepted: true })).at(-1)?.sequence ?? 0;
    await stand.simulator.control.postFleet(stand.fleet);
    const startedAt = performance.now();
    const ended = await runRound(stand, options.signal);
    tasks += ended.length;
    lost.push(...ended.flatMap(({ trouble }) => trouble ?? []));
    if (ended.every(({ trouble }) => trouble === null)) lost.push(...(await differences(stand)));
    const journal = await stand.simulator.control.journal({ since });
    problems.push(...checkJournal(journal, await readAttempts(stand)));
    options.tell(
      `round ${round}: ${ended.length} tasks in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ` +
        `${lost.length} lost, ${problems.length} problems in the journal so far`,
    );
    for (const line of lost) options.tell(`LOST: ${line}`);
    for (const problem of problems) options.tell(`JOURNAL: ${problem.sequence} ${problem.machine} ${problem.text}`);
    // Nothing more could be begun in its lane.
    if (ended.some(({ isStuck }) => isStuck)) break;
  }
  lost.push(...(await leftovers(stand)));
  return { tasks, lost, problems };
}

interface EndedTask {
  readonly isStuck: boolean;
  /** Null: it succeeded. */
  readonly trouble: string | null;
}

async function runRound(stand: ChaosStand, signal: AbortSignal): Promise<readonly EndedTask[]> {
  const ended: EndedTask[] = [];
  for (const action of actions) {
    const id = await submit(stand, { action, designRef: stand.designRef, idempotencyKey: randomUUID() }, signal);
    const end = await endOf(stand, { id, action }, signal);
    ended.push(end);
    if (end.isStuck) break;
  }
  return ended;
}

/** The API may be dead or frozen: the same request again, with the same key, gives the same task. */
async function submit({ client }: ChaosStand, task: NewTask, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + acceptSeconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    try {
      return (await client.createTask(task)).task_id;
    } catch (error) {
      if (performance.now() > deadline || !(error instanceof ClientError) || !error.canRetry) throw error;
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
  }
}

interface TaskRow {
  readonly status: string;
  readonly result: string;
  readonly failures: readonly string[];
}

async function endOf(
  { database, design }: ChaosStand,
  { id, action }: { readonly id: string; readonly action: string },
  signal: AbortSignal,
): Promise<EndedTask> {
  const deadline = performance.now() + taskSeconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const [task] = await database.ask<TaskRow>(
      'select status, result_status as result, failures from task where id = $1',
      [id],
    );
    if (task?.status === 'complete') {
      if (task.result === 'success') return { isStuck: false, trouble: null };
      const reasons = await database.ask(
        `select node_name, verb, attempt, error_class, reason from step where task_id = $1 and "end" = 'failed' limit 5`,
        [id],
      );
      const of = `${task.failures.length} of ${design.nodes.length} nodes`;
      return {
        isStuck: false,
        trouble: `${action} ${id} ended as ${task.result} for ${of}: ${JSON.stringify(reasons)}`,
      };
    }
    if (performance.now() > deadline) {
      const open = await database.ask(
        `select node_name, verb, status, fence, lost_count, not_before, reason from step
         where task_id = $1 and status <> 'ended' and (status <> 'pending' or ready_since is not null) limit 5`,
        [id],
      );
      const trouble = `${action} ${id} is ${task?.status} after ${taskSeconds} s: ${JSON.stringify(open)}`;
      return { isStuck: true, trouble };
    }
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}

async function differences({ design, simulator }: ChaosStand): Promise<readonly string[]> {
  const problems = checkDeployed(design, await simulator.control.machines());
  return problems.map(({ node, what, wanted, found }) => `${node}: ${what}: wanted ${wanted}, found ${found}`);
}

function readAttempts({ database }: ChaosStand): Promise<readonly Attempt[]> {
  return database.ask<Attempt & object>(
    `select task_id as "taskId", node_name as node, verb, attempt,
       floor(extract(epoch from first_claimed_at) * 1000)::float8 as "claimedMs",
       ceil(extract(epoch from ended_at) * 1000)::float8 as "endedMs"
     from step where node_name is not null and first_claimed_at is not null`,
  );
}

/** What somebody still holds although every task has ended. */
async function leftovers({ database }: ChaosStand): Promise<readonly string[]> {
  const found = await database.ask<{ what: string }>(
    `select 'place in ' || group_key as what from place
     union all select 'group ' || key || ' counts ' || held from concurrency_group where held <> 0
     union all select 'run of lane ' || lane from run where task_id is not null
     union all select 'step ' || verb || ' is ' || status from step where status <> 'ended'
     union all select 'intent of step ' || step_id || ' is open' from intent where settled_at is null`,
  );
  return found.map(({ what }) => `left over: ${what}`);
}
