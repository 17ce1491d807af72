import { beforeEach, describe, expect, it } from '@jest/globals';
import { DrydockError, type StepContext, type StepOutcome } from '@drydock/model';
import { type ClaimedStep, fenceLost, type MoveNotifier } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { noTracing } from '@drydock/telemetry';
import { claimedStep } from '../test/claimed-step.js';
import { RecordedWrites, type WrittenReport } from '../test/recorded-writes.js';
import { pulseOf } from '../test/pulse-of.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { executeStep, type ExecutorParts } from './execute-step.js';
import { LeaseKeeper } from './lease-keeper.js';
import type { MaterialLoader } from './load-material.js';

type Driver = (context: StepContext) => Promise<StepOutcome>;
const done: StepOutcome = { kind: 'done', notes: [] };
const unreachable = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

let recorded: RecordedWrites;
let leases: LeaseKeeper;
let notified: number;

/** Move, settlements and notes of a report. */
const shown = (report: WrittenReport | undefined) => ({
  move: report?.move.kind,
  settlements: report?.record.settlements,
  notes: report?.record.notes,
});

beforeEach(() => {
  recorded = new RecordedWrites();
  const holder = { id: 'w1', process: 'worker', host: 'h', pid: 1, slots: 2 } as const;
  const recording = new RecordingDatabase();
  leases = new LeaseKeeper(recording.database, pulseOf(recording), holder, silentLog);
  notified = 0;
});

/** The verb is one of a node's driver, so that the case says what the driver does. */
async function execute(driver: Driver, step: Partial<ClaimedStep> = {}): Promise<void> {
  if (recorded.claim.kind === 'claimed') {
    recorded.claim = {
      kind: 'claimed',
      step: claimedStep({ verb: 'validate_node_services', nodeName: null, ...step }),
    };
  }
  const material = { load: async () => ({ site: null, node: null, deviceNames: null, secrets: new Map() }) };
  const node = { name: 'default', validate_node_services: (_input: object, context: StepContext) => driver(context) };
  await executeStep('s1', {
    writes: recorded.writes,
    leases,
    material: material as unknown as MaterialLoader,
    drivers: { node: node as unknown as NonNullable<ExecutorParts['drivers']['node']>, oob: [], kubernetes: null },
    notifier: { notify: () => (notified += 1) } as unknown as MoveNotifier,
    log: silentLog,
    random: () => 1,
    retry: {},
    tracing: noTracing,
  });
}

describe('a claimed step', () => {
  it('is reported under its fence and told to the schedulers', async () => {
    await execute(async () => done);
    expect(recorded.reports).toMatchObject([{ stepId: 's1', fence: 7, move: { kind: 'end', end: 'succeeded' } }]);
    expect([notified, leases.heldSteps]).toEqual([1, 0]);
  });

  it('is not executed when somebody else was faster', async () => {
    recorded.claim = { kind: 'not_mine', status: 'ended' };
    await execute(() => Promise.reject(new Error('must not be called')));
    expect([recorded.reports, notified]).toEqual([[], 0]);
  });

  it.each([
    [0, ['no answer (unavailable; try 1 of attempt 1, tried again in 1.0 s)']],
    [1, []],
  ])('that could not find out after %d tries is pending again, and says so once', async (tries, texts) => {
    await execute(() => Promise.reject(new DrydockError('provisioner_unavailable', 'no answer')), { tries });
    expect(shown(recorded.reports[0])).toEqual({
      move: 'retry',
      settlements: [],
      notes: texts.map((text) => ({ text, isError: false, contextType: 'NA', context: 'NA' })),
    });
  });

  it('is tried again when its driver found itself too late to send', async () => {
    await execute(() => Promise.reject(new DrydockError('fence_lost', 'announced too long ago')));
    expect([shown(recorded.reports[0]).move, notified]).toEqual(['retry', 1]);
  });

  it('is given back at once, with what it settled, when we stop the call', async () => {
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      await context.settle({ kind: 'deploy' }, 'not_done');
      leases.stop('the worker stops');
      return await Promise.reject(new Error('aborted'));
    });
    const settlements = [{ intentId: '42', found: 'not_done' }];
    expect(shown(recorded.reports[0])).toEqual({ move: 'giveBack', settlements, notes: [] });
  });

  it('is given back at once when the database refuses an announcement because its task was terminated', async () => {
    recorded.refusals.push(new DrydockError('illegal_move', 'the task was terminated: announce nothing more'));
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      return done;
    });
    const givenBack = { move: 'giveBack', settlements: [], notes: [] };
    expect([recorded.reports.map(shown), notified]).toEqual([[givenBack], 1]);
  });

  it('is given up when its driver ignores that we stop, and what the driver does later does not count', async () => {
    let goOn = (): void => undefined;
    let late: Promise<unknown> = Promise.resolve();
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      leases.stop('the worker stops');
      await new Promise<void>((resolve) => (goOn = resolve));
      late = (async () => context.settle({ kind: 'deploy' }, 'done'))();
      await late;
      return done;
    });
    expect(recorded.reports.map(shown)).toEqual([{ move: 'giveBack', settlements: [], notes: [] }]);
    goOn();
    await new Promise(setImmediate);
    await expect(late).rejects.toMatchObject({ code: 'fence_lost' });
    expect(recorded.reports).toHaveLength(1);
  });

  it('tells the user why it failed, unless its driver has', async () => {
    const failed: StepOutcome = { kind: 'failed', reason: 'no disk', errorClass: 'invalid_design', notes: [] };
    const note = { text: 'disk sda is missing', isError: true, contextType: 'node', context: 'n1' };
    await execute(async () => failed);
    await execute(async () => ({ ...failed, notes: [note] }));
    const texts = recorded.reports.map(({ record }) => record.notes.map(({ text }) => text));
    expect(texts).toEqual([['no disk'], ['disk sda is missing']]);
  });

  it('that was lost meanwhile is left to whoever has it', async () => {
    recorded.refusals.push(fenceLost({ stepId: 's1', fence: 7 }));
    await execute(async () => done);
    expect([recorded.reports.length, notified, leases.heldSteps]).toEqual([1, 0, 0]);
  });

  it('goes back with its bell when the database cannot be reached', async () => {
    recorded.refusals.push(unreachable);
    await expect(execute(async () => done)).rejects.toBe(unreachable);
    expect([notified, leases.heldSteps]).toEqual([0, 0]);
  });

  it('ends when the database refuses what it says', async () => {
    recorded.refusals.push(new Error('invalid input syntax for type timestamp'));
    await execute(async () => done);
    expect(recorded.reports.map(({ move }) => move)).toMatchObject([
      { kind: 'end', errorClass: null },
      { kind: 'end', errorClass: 'internal' },
    ]);
    expect(notified).toBe(1);
  });

  it('ends, with what it settled and a clear word, when its progress cannot be kept', async () => {
    recorded.refusals.push(null, new DrydockError('driver_fault', 'progress that cannot be kept: too large'));
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      await context.settle({ kind: 'deploy' }, 'done');
      return { kind: 'waiting', wake: { afterSeconds: 1 }, progress: { format: 1 }, notes: [] };
    });
    const text = 'the node driver broke a rule in validate_node_services: progress that cannot be kept: too large';
    expect(recorded.reports.map(shown)).toEqual([
      expect.objectContaining({ move: 'wait' }),
      {
        move: 'end',
        settlements: [{ intentId: '42', found: 'done' }],
        notes: [expect.objectContaining({ text, isError: true })],
      },
    ]);
  });
});

describe('an answer that would end a step whose effect is open', () => {
  const failed: StepOutcome = { kind: 'failed', reason: 'no disk', errorClass: 'invalid_design', notes: [] };
  const open = { openIntentId: '41', openEffect: { kind: 'deploy' }, openIntentAgeSeconds: 3 };

  it.each<[string, StepOutcome]>([
    [
      'done',
      {
        ...done,
        buildData: [{ nodeName: 'n1', generator: 'lshw', dataFormat: '', dataElement: '', collectedDate: null }],
      },
    ],
    ['absent', { kind: 'absent', notes: [] }],
    ['failed', failed],
  ])(
    '%s is refused, whoever announced the effect: the step is called again and nothing else is kept',
    async (kind, outcome) => {
      await execute(async () => outcome, open);
      await execute(async (context) => {
        await context.intend({ kind: 'deploy' });
        return outcome;
      });
      const text = expect.stringContaining(`answered "${kind}"`) as unknown;
      const notes = [expect.objectContaining({ text, isError: false })];
      const retried = { move: 'retry', settlements: [], notes };
      expect(recorded.reports.map(shown)).toEqual([retried, retried]);
      expect(recorded.reports.map(({ record }) => record.buildData)).toEqual([[], []]);
      expect(notified).toBe(2);
    },
  );

  it('counts when the effect is settled in the same call', async () => {
    await execute(async (context) => {
      await context.settle({ kind: 'deploy' }, 'done');
      return done;
    }, open);
    const settlements = [{ intentId: '41', found: 'done' }];
    expect(shown(recorded.reports[0])).toEqual({ move: 'end', settlements, notes: [] });
  });

  it('ends the step as unknown when nobody could settle it for too long', async () => {
    await execute(async () => done, { ...open, isLastCall: true, secondsLeft: -301 });
    expect(recorded.reports[0]?.move).toMatchObject({ kind: 'end', errorClass: 'effect_unknown' });
  });

  it('is also refused when what it says cannot be stored', async () => {
    recorded.refusals.push(new Error('invalid input syntax for type timestamp'));
    await execute(
      async () => ({ kind: 'waiting', wake: { afterSeconds: 1 }, progress: { format: 1 }, notes: [] }),
      open,
    );
    expect(recorded.reports.map(({ move }) => move.kind)).toEqual(['wait', 'retry']);
  });
});

describe('a step of a newer version', () => {
  it.each<[string, Partial<ClaimedStep>]>([
    ['plan', { planFormat: 2 }],
    ['snapshot', { snapshotHash: 'h1', snapshotFormat: 2 }],
    ['progress', { progress: { format: 2 } }],
  ])('by its %s is left alone, even after its deadline, and the user is told', async (what, step) => {
    const called = () => Promise.reject(new Error('must not be called'));
    await execute(called, { ...step, isLastCall: true, secondsLeft: -9999 });
    expect(shown(recorded.reports[0])).toEqual({
      move: 'leave',
      settlements: [],
      notes: [expect.objectContaining({ text: expect.stringContaining(`the ${what}`), isError: false })],
    });
  });

  it('is not told about twice', async () => {
    await execute(async () => done, { planFormat: 2, tries: 1 });
    expect(recorded.reports[0]?.record.notes).toEqual([]);
  });
});
