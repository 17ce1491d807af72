import { describe, expect, it, jest } from '@jest/globals';
import { defaultGroupLimits, foldResult, groupsByNode, type Plan, type TaskAction, type Verb } from '@drydock/model';
import { planners, stepLimits } from '@drydock/orchestrator';
import * as fc from 'fast-check';
import { anyCommand, type Command, obey } from '../../test/engine-commands.js';
import { MemoryEngine } from '../../test/memory-engine.js';
import { nodeFacts } from '../../test/plan-builders.js';
import { RunState } from './run-state.js';

let engine = new MemoryEngine(1);
/** The stores of whatever run is looked at now. */
const stores = Object.fromEntries(
  (Object.keys(engine.stores) as (keyof MemoryEngine['stores'])[]).map((name) => [
    name,
    (...given: readonly unknown[]) => Reflect.apply(engine.stores[name], null, given) as unknown,
  ]),
);
jest.unstable_mockModule('@drydock/model/db', () => stores);
const { runCycle } = await import('./run-cycle.js');
const { rebuildState } = await import('./rebuild-state.js');

const run = { lane: 'a', taskId: 't1', epoch: 1, holderId: 'h1' };
const nodes = ['n1', 'n2', 'n3', 'n4'].map((name, index) =>
  nodeFacts(name, { oobType: 'ipmi', bmcAddress: `10.0.0.${index % 3}`, rack: 'r1', hasBootActions: index === 0 }),
);
const tight = { ...defaultGroupLimits, provisionerCalls: 2, deployments: 1, deploymentsPerMinute: 20, rackPower: 1 };
const groupsOf = groupsByNode(nodes, 'east', tight);
/** Few enough to be used up now and then. */
const few = { tries: 3, refillPerHour: 600 };
const retryPolicy = { stepTries: 2, node: few, bmc: few };
const surroundings = { random: () => 0.5, attemptBackoff: { baseSeconds: 1, factor: 2, capSeconds: 8 } };

/** One task from its plan to its end, with a scheduler that may die at any moment. */
class Drive {
  state = new RunState();

  constructor(
    private readonly plan: Plan,
    stepsLimit: number,
  ) {
    engine = new MemoryEngine(stepsLimit);
  }

  async begin(): Promise<void> {
    await engine.stores.insertSteps(null, run, this.plan.steps);
    this.state = await this.rebuilt();
  }

  async rebuilt(): Promise<RunState> {
    return await rebuildState(engine.database, run, groupsOf);
  }

  async cycle(): Promise<void> {
    const numbers = { stepsPerSlot: 1, doorAfterMilliseconds: 30_000, retryPolicy };
    await runCycle(this.state, { db: engine.database, run, groupsOf, surroundings, ...numbers });
  }

  async obey(command: Command): Promise<void> {
    if (engine.stored.result !== null) return;
    obey(engine, command);
    if (command.kind === 'cycle') await this.cycle();
    if (command.kind === 'takeover') await this.takeOver();
    if (command.kind !== 'fault') return;
    engine.faultAt = command.at;
    try {
      await this.cycle();
    } catch {
      this.state = await this.rebuilt();
    }
    engine.faultAt = null;
  }

  /** Memory is looked at against what another scheduler would know, and dropped. */
  async takeOver(): Promise<void> {
    // Its next cycle would tell it.
    if (engine.stored.isTerminating) this.state.stop(engine.now);
    const [kept, fresh] = [shown(this.state), shown(await this.rebuilt())];
    expect(kept.known).toEqual(fresh.known);
    expect(kept.wakesAt).toBeLessThanOrEqual(fresh.wakesAt);
    this.state = await this.rebuilt();
  }

  /** From here on everything succeeds, and time goes on as it does for a driver. */
  async finish(): Promise<void> {
    obey(engine, { kind: 'resume' });
    for (let round = 0; round < 400 && engine.stored.result === null; round += 1) {
      for (const { status } of engine.stored.rows) {
        if (status === 'admitted') obey(engine, { kind: 'claim', pick: 0 });
      }
      for (const { status } of engine.stored.rows) {
        if (status === 'running') obey(engine, { kind: 'report', pick: 0, outcome: 'succeed' });
      }
      await this.cycle();
      engine.now += 30_000;
      this.state.ready.unparkSome(8);
    }
  }
}

/**
 * All that memory knows and decides by, at the next moment. What is out with a worker counts as one: memory does not
 * hear of a claim. The state cannot be used afterwards.
 */
function shown(state: RunState) {
  for (const key of state.timers.takeDue(engine.now)) {
    const step = state.steps.get(key);
    if (step) state.offer(step, engine.now);
  }
  const unlooked = new Set(engine.stored.rows.filter(({ moved }) => moved).map(({ key }) => key));
  const steps = [...state.steps.values()].map((step) => {
    const { key } = step.planned;
    const status = step.status === 'running' ? 'admitted' : step.status;
    const isIdle = status === 'pending' && !unlooked.has(key);
    return {
      key,
      planned: step.planned,
      end: step.end,
      held: [...step.held].sort(),
      known: state.progress.endOf(key) ?? null,
      ...(unlooked.has(key) ? {} : { status }),
      ...(isIdle ? { notBefore: step.notBefore } : {}),
    };
  });
  state.ready.unparkSome(Infinity);
  const ready = state.ready.take(Infinity).filter((key) => !unlooked.has(key));
  const known = {
    steps,
    ready: [...ready].sort((left, right) => left - right),
    nodes: [...state.heldNodes].sort(),
    open: nodes.map(({ name }) => state.openIn(name)),
    counts: [state.percentEnded, state.isOver, state.nextKey],
    result: foldResult(state.endedSteps()),
  };
  return { known, wakesAt: state.timers.nextAt ?? Infinity };
}

/** What must hold between any two transactions. */
function checkPlaces(): void {
  for (const group of engine.stored.groups.values()) {
    const weights = engine.stored.places.filter(({ groupKey }) => groupKey === group.key).map(({ weight }) => weight);
    expect([group.key, group.held]).toEqual([group.key, weights.reduce((sum, weight) => sum + weight, 0)]);
    expect(group.held).toBeLessThanOrEqual(group.limit);
  }
}

const somePlan = fc
  .tuple(
    fc.constantFrom<TaskAction>('prepare_nodes', 'deploy_nodes', 'destroy_nodes', 'verify_nodes', 'prepare_site'),
    fc.integer({ min: 1, max: nodes.length }),
  )
  .map(([action, count]) => planners[action](nodes.slice(0, count), stepLimits()));
const someRun = fc.tuple(somePlan, fc.integer({ min: 1, max: 6 }), fc.array(anyCommand, { maxLength: 80 }));

describe('whatever the plan and however its moves fall', () => {
  it('memory is what can be rebuilt from the rows', async () => {
    await fc.assert(
      fc.asyncProperty(someRun, async ([plan, stepsLimit, commands]) => {
        const drive = new Drive(plan, stepsLimit);
        await drive.begin();
        for (const command of commands) {
          await drive.obey(command);
          checkPlaces();
        }
        if (engine.stored.result === null) await drive.takeOver();
      }),
      { numRuns: 150 },
    );
  });

  it('the task ends, with every place given back and every end counted', async () => {
    await fc.assert(
      fc.asyncProperty(someRun, async ([plan, stepsLimit, commands]) => {
        const drive = new Drive(plan, stepsLimit);
        await drive.begin();
        for (const command of commands) await drive.obey(command);
        await drive.finish();
        const { rows, places, counters, result } = engine.stored;
        expect(rows.filter(({ status }) => status !== 'ended')).toEqual([]);
        expect([places, result]).toEqual([[], foldResult(endsOf(rows))]);
        const ends = ['succeeded', 'absent', 'failed', 'skipped', 'cancelled'] as const;
        const counted = ends.map((end) => [end, counters.get(end) ?? 0]);
        expect(counted).toEqual(ends.map((end) => [end, rows.filter((row) => row.end === end).length]));
        checkPlaces();
      }),
      { numRuns: 150 },
    );
  });
});

function endsOf(rows: MemoryEngine['stored']['rows']) {
  return rows.map(({ verb, nodeName, attempt, end }) => ({
    verb: verb as Verb,
    nodeName,
    attempt,
    end: end ?? ('skipped' as const),
  }));
}
