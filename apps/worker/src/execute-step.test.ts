import { beforeEach, describe, expect, it } from '@jest/globals';
import { DrydockError, type StepContext, type StepOutcome } from '@drydock/model';
import type { ClaimedStep, MoveNotifier } from '@drydock/model/db';
import { silentLog } from '@drydock/runtime';
import { claimedStep } from '../test/claimed-step.js';
import { RecordingDatabase, type Sent } from '../test/recording-database.js';
import { executeStep, type ExecutorParts } from './execute-step.js';
import { LeaseKeeper } from './lease-keeper.js';
import type { MaterialLoader } from './load-material.js';

type Driver = (context: StepContext) => Promise<StepOutcome>;
const done: StepOutcome = { kind: 'done', notes: [] };
const unreachable = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

let recording: RecordingDatabase;
let leases: LeaseKeeper;
let notified: number;
let claim: readonly object[];
/** What the database says to reports, one after the other; then that they were written. */
let reportAnswers: (readonly object[] | Error)[];

const isReport = ({ text }: Sent) => text.includes('has_detail_logs or');
const reports = () => recording.sent.filter(isReport);
/** Status, settlements and notes of a report; its move is in the rest. */
const shown = (sent: Sent | undefined) => ({
  status: /set status = '(\w+)'/.exec(sent?.text ?? '')?.[1],
  texts: sent?.values.flatMap((value) => (Array.isArray(value) ? value.map((one: object) => ({ ...one })) : [])),
});

beforeEach(() => {
  recording = new RecordingDatabase();
  leases = new LeaseKeeper(recording.database, { id: 'w1', process: 'worker', host: 'h', pid: 1, slots: 2 }, silentLog);
  notified = 0;
  reportAnswers = [];
  claim = [claimedStep()];
  recording.answer = (sent) => {
    if (sent.text.startsWith('with claimed')) return claim;
    if (!isReport(sent)) return [{ id: '42', status: 'ended' }];
    const answer = reportAnswers.shift() ?? [{ id: 's1' }];
    return answer instanceof Error ? Promise.reject(answer) : answer;
  };
});

/** The verb is one of a node's driver, so that the case says what the driver does. */
async function execute(driver: Driver, step: Partial<ClaimedStep> = {}): Promise<void> {
  if (claim.length > 0) claim = [claimedStep({ verb: 'validate_node_services', nodeName: null, ...step })];
  const material = { load: async () => ({ site: null, node: null, deviceNames: null, secrets: new Map() }) };
  const node = { name: 'default', validate_node_services: (_input: object, context: StepContext) => driver(context) };
  await executeStep('s1', {
    db: recording.database,
    holderId: 'w1',
    leases,
    material: material as unknown as MaterialLoader,
    drivers: { node: node as unknown as NonNullable<ExecutorParts['drivers']['node']>, oob: [], kubernetes: null },
    notifier: { notify: () => (notified += 1) } as unknown as MoveNotifier,
    log: silentLog,
    random: () => 1,
  });
}

describe('a claimed step', () => {
  it('is reported under its fence and told to the schedulers', async () => {
    await execute(async () => done);
    expect(reports().map(({ values }) => values)).toEqual([expect.arrayContaining(['succeeded', 's1', 7])]);
    expect([shown(reports()[0]).status, notified, leases.heldSteps]).toEqual(['ended', 1, 0]);
  });

  it('is not executed when somebody else was faster', async () => {
    claim = [];
    await execute(() => Promise.reject(new Error('must not be called')));
    expect([reports(), notified]).toEqual([[], 0]);
  });

  it.each([
    [0, ['no answer (will be tried again)']],
    [1, []],
  ])('that could not find out after %d tries is pending again, and says so once', async (tries, texts) => {
    await execute(() => Promise.reject(new DrydockError('provisioner_unavailable', 'no answer')), { tries });
    expect(shown(reports()[0])).toEqual({
      status: 'pending',
      texts: texts.map((text) => ({ text, isError: false, contextType: 'NA', context: 'NA' })),
    });
  });

  it('is tried again when its driver found itself too late to send', async () => {
    await execute(() => Promise.reject(new DrydockError('fence_lost', 'announced too long ago')));
    expect([shown(reports()[0]).status, notified]).toEqual(['pending', 1]);
  });

  it('is given back at once, with what it settled, when we stop the call', async () => {
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      await context.settle({ kind: 'deploy' }, 'not_done');
      leases.stop('the worker stops');
      return await Promise.reject(new Error('aborted'));
    });
    expect(shown(reports()[0])).toEqual({ status: 'admitted', texts: [{ intentId: '42', found: 'not_done' }] });
  });

  it('tells the user why it failed, unless its driver has', async () => {
    const failed: StepOutcome = { kind: 'failed', reason: 'no disk', errorClass: 'invalid_design', notes: [] };
    const note = { text: 'disk sda is missing', isError: true, contextType: 'node', context: 'n1' };
    await execute(async () => failed);
    await execute(async () => ({ ...failed, notes: [note] }));
    const texts = reports().map((report) => shown(report).texts?.map((one) => Reflect.get(one, 'text') as unknown));
    expect(texts).toEqual([['no disk'], ['disk sda is missing']]);
  });

  it('that was lost meanwhile is left to whoever has it', async () => {
    reportAnswers = [[]];
    await execute(async () => done);
    expect([reports().length, notified, leases.heldSteps]).toEqual([1, 0, 0]);
  });

  it('goes back with its bell when the database cannot be reached', async () => {
    reportAnswers = [unreachable];
    await expect(execute(async () => done)).rejects.toBe(unreachable);
    expect([notified, leases.heldSteps]).toEqual([0, 0]);
  });

  it('ends when the database refuses what it says', async () => {
    reportAnswers = [new Error('invalid input syntax for type timestamp')];
    await execute(async () => done);
    expect(reports().map((report) => [shown(report).status, report.values.includes('internal')])).toEqual([
      ['ended', false],
      ['ended', true],
    ]);
    expect(notified).toBe(1);
  });

  it('ends, with what it settled and a clear word, when its progress cannot be kept', async () => {
    await execute(async (context) => {
      await context.intend({ kind: 'deploy' });
      await context.settle({ kind: 'deploy' }, 'done');
      return { kind: 'waiting', wake: { afterSeconds: 1 }, progress: { format: 1, text: 'x'.repeat(4096) }, notes: [] };
    });
    expect(reports()).toHaveLength(1);
    expect(shown(reports()[0])).toMatchObject({
      status: 'ended',
      texts: expect.arrayContaining([
        { intentId: '42', found: 'done' },
        expect.objectContaining({
          text: expect.stringMatching(
            /^the node driver broke a rule in validate_node_services: progress .* 4118 bytes as JSON, 4096 are allowed/,
          ),
          isError: true,
        }),
      ]),
    });
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
      for (const report of reports()) {
        expect(shown(report)).toEqual({
          status: 'pending',
          texts: [expect.objectContaining({ text, isError: false })],
        });
      }
      expect([reports().length, notified]).toEqual([2, 2]);
    },
  );

  it('counts when the effect is settled in the same call', async () => {
    await execute(async (context) => {
      await context.settle({ kind: 'deploy' }, 'done');
      return done;
    }, open);
    expect(shown(reports()[0])).toEqual({ status: 'ended', texts: [{ intentId: '41', found: 'done' }] });
  });

  it('ends the step as unknown when nobody could settle it for too long', async () => {
    await execute(async () => done, { ...open, isLastCall: true, secondsLeft: -301 });
    expect(shown(reports()[0]).status).toBe('ended');
    expect(reports()[0]?.values).toContain('effect_unknown');
  });

  it('is also refused when what it says cannot be stored', async () => {
    reportAnswers = [new Error('invalid input syntax for type timestamp')];
    await execute(
      async () => ({ kind: 'waiting', wake: { afterSeconds: 1 }, progress: { format: 1 }, notes: [] }),
      open,
    );
    expect(reports().map((report) => shown(report).status)).toEqual(['waiting', 'pending']);
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
    expect(shown(reports()[0])).toEqual({
      status: 'pending',
      texts: [expect.objectContaining({ text: expect.stringContaining(`the ${what}`), isError: false })],
    });
    expect(reports()[0]?.text).toContain('deadline_at = null');
  });

  it('is not told about twice', async () => {
    await execute(async () => done, { planFormat: 2, tries: 1 });
    expect(shown(reports()[0]).texts).toEqual([]);
  });
});
