import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NodeInput, OobInput } from '@drydock/model';
import { MemoryStep } from '@drydock/testkit';
import { createScriptedDrivers, parseScript, readEffects, type ScriptRow } from './index.js';

const nodeInput = (name: string) => ({ node: { name } }) as NodeInput;
const oobInput = (nodeName: string) => ({ nodeName }) as OobInput;
const scripted = (rows: ScriptRow[], now?: () => number) =>
  createScriptedDrivers(parseScript({ format: 1, rows }), now === undefined ? {} : { now });

describe('a scripted driver', () => {
  test('does everything at once when its script is empty', async () => {
    const drivers = scripted([]);
    const outcome = await new MemoryStep().call(drivers.node.deploy_node, nodeInput('n01') as never);
    expect(outcome).toEqual({ kind: 'done', notes: [] });
    expect(drivers.calls()).toEqual([{ verb: 'deploy_node', node: 'n01', attempt: 0, call: 0, outcome: 'done' }]);
    expect(drivers.effects()).toEqual([]);
  });

  test('answers by the first row that matches node and attempt', async () => {
    const drivers = scripted([
      { verb: 'look_for_node', node: 'n01', attempt: 0, outcome: 'failed', reason: 'gone', errorClass: 'not_found' },
      { verb: 'look_for_node', node: '*', outcome: 'absent' },
    ]);
    const look = drivers.node.look_for_node;
    expect(await new MemoryStep().call(look, nodeInput('n01'))).toMatchObject({
      reason: 'gone',
      errorClass: 'not_found',
    });
    expect(await new MemoryStep().call(look, nodeInput('n01'), { attempt: 1 })).toMatchObject({ kind: 'absent' });
    expect(await new MemoryStep().call(look, nodeInput('n02'))).toMatchObject({ kind: 'absent' });
  });

  test('waits once and is then done', async () => {
    const drivers = scripted([{ verb: 'power_off_node', outcome: 'waiting', afterSeconds: 7 }]);
    const step = new MemoryStep();
    const first = await step.call(drivers.oob.power_off_node, oobInput('n01'));
    expect(first).toMatchObject({ kind: 'waiting', wake: { afterSeconds: 7 } });
    expect(await step.call(drivers.oob.power_off_node, oobInput('n01'))).toMatchObject({ kind: 'done' });
  });

  test('throws at the named call only, and counts calls that threw', async () => {
    const drivers = scripted([{ verb: 'relabel_node', call: 0, outcome: 'throw', reason: 'no answer' }]);
    const step = new MemoryStep();
    const relabel = drivers.kubernetes.relabel_node;
    await expect(step.call(relabel, { nodeName: 'n01', labels: {} })).rejects.toThrow('no answer');
    expect(await step.call(relabel, { nodeName: 'n01', labels: {} })).toMatchObject({ kind: 'done' });
  });

  test('observes a thing until the clock has passed the time of its change', async () => {
    let now = 1000;
    const drivers = scripted([{ verb: 'deploy_node', outcome: 'observe', afterSeconds: 5 }], () => now);
    const step = new MemoryStep();
    const deploy = () => step.call(drivers.node.deploy_node, nodeInput('n01') as never);
    const outcome = await deploy();
    if (outcome.kind !== 'waiting' || !('observe' in outcome.wake)) throw new Error('it does not observe');
    const { key, seen, source } = outcome.wake.observe;
    const read = async () => (await drivers.observer.read([key], new AbortController().signal)).get(key);
    expect([source, await read()]).toEqual([drivers.observer.source, seen]);
    expect(await deploy()).toEqual(outcome);
    now = 6000;
    expect(await read()).not.toBe(seen);
    expect(await deploy()).toMatchObject({ kind: 'done' });
  });

  test('ends by timeout at the last call when the script still waits', async () => {
    const drivers = scripted([{ verb: 'deploy_node', call: '*', outcome: 'waiting' }]);
    const last = await new MemoryStep().call(drivers.node.deploy_node, nodeInput('n01') as never, { isLastCall: true });
    expect(last).toMatchObject({ kind: 'failed', errorClass: 'timeout' });
  });

  test('ends a delay when the signal aborts', async () => {
    const drivers = scripted([{ verb: 'deploy_node', outcome: 'done', delayMilliseconds: 60_000 }]);
    const signal = AbortSignal.abort();
    const call = new MemoryStep().call(drivers.node.deploy_node, nodeInput('n01') as never, { signal });
    await expect(call).rejects.toThrow('aborted');
  });

  test('hands over build data under the name of the node', async () => {
    const datum = { generator: 'lshw', dataFormat: 'text/xml', dataElement: '<x/>' };
    const drivers = scripted([{ verb: 'configure_hardware', outcome: 'done', buildData: [datum] }]);
    const outcome = await new MemoryStep().call(drivers.node.configure_hardware, nodeInput('n01'));
    expect(outcome.buildData).toEqual([{ ...datum, nodeName: 'n01', collectedDate: null }]);
  });

  test('has a method for every verb of every driver', () => {
    const drivers = scripted([]);
    const names = [drivers.node, drivers.oob, drivers.kubernetes].map((driver) => Object.keys(driver).length);
    expect(names).toEqual([13, 6, 1]);
  });
});

describe('the effects of a scripted driver', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scripted-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const withFile = (row: Partial<ScriptRow> = {}) => {
    const effectsFile = join(folder, 'effects.jsonl');
    const rows: ScriptRow[] = [{ verb: 'deploy_node', outcome: 'done', withEffects: true, ...row }];
    const process = () => createScriptedDrivers(parseScript({ format: 1, effectsFile, rows }));
    const file = () => readEffects(effectsFile);
    return { process, file };
  };
  const deploy = { ...nodeInput('n01') } as never;

  test.each([
    [1, 'before the effect', 0],
    [2, 'after the effect', 1],
  ])('happen once although the process died after record %i (%s)', async (dieAfterRecord, _, effectsThen) => {
    const { process, file } = withFile();
    const step = new MemoryStep();
    await expect(step.call(process().node.deploy_node, deploy, { dieAfterRecord })).rejects.toThrow();
    expect(await file()).toHaveLength(effectsThen);
    const next = await step.call(process().node.deploy_node, deploy);
    expect(next.kind).toBe(effectsThen === 1 ? 'done' : 'waiting');
    step.ageSeconds = step.settleSeconds;
    await step.call(process().node.deploy_node, deploy);
    expect(await file()).toMatchObject([{ verb: 'deploy_node', node: 'n01', attempt: 0 }]);
  });

  test('happen once in an attempt that waits in between', async () => {
    const { process, file } = withFile({ outcome: 'waiting', call: '*' });
    const step = new MemoryStep();
    await step.call(process().node.deploy_node, deploy);
    await step.call(process().node.deploy_node, deploy);
    expect(await file()).toHaveLength(1);
    expect(step.records).toEqual(['intend deploy_node', 'settle deploy_node done']);
  });

  test('announced too long ago do not happen', async () => {
    const { process, file } = withFile();
    const call = new MemoryStep().call(process().node.deploy_node, deploy, { isLate: true });
    await expect(call).rejects.toMatchObject({ code: 'fence_lost' });
    expect(await file()).toEqual([]);
  });

  test('are not begun by a step that is stopping', async () => {
    const { process, file } = withFile();
    const outcome = await new MemoryStep().call(process().node.deploy_node, deploy, { stopping: true });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'cancelled' });
    expect(await file()).toEqual([]);
  });
});

describe('a script', () => {
  test.each([
    ['an unknown verb', { format: 1, rows: [{ verb: 'fly', outcome: 'done' }] }, 'rows[0].verb'],
    ['an unknown outcome', { format: 1, rows: [{ verb: 'noop', outcome: 'maybe' }] }, 'rows[0].outcome'],
    ['an unknown key', { format: 1, rows: [{ verb: 'noop', outcome: 'done', hurry: true }] }, 'hurry'],
    ['a call that is no number', { format: 1, rows: [{ verb: 'noop', outcome: 'done', call: 'x' }] }, 'rows[0].call'],
    ['no rows', { format: 1 }, 'rows'],
    ['another format', { format: 2, rows: [] }, 'format'],
  ])('is refused with %s', (_, value, named) => {
    expect(() => parseScript(value)).toThrow(named);
  });
});
