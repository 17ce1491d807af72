import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OobInput } from '@drydock/model';
import { createRedfishDriver } from '../src/redfish/create-redfish-driver.js';
import { answersTo, bmcError, FakeBmc, resetPath, systemPath } from './fake-bmc.js';
import { Died, MemoryStep } from '@drydock/testkit';
import { oobInput, redfishConfig } from './oob-input.js';

let bmc: FakeBmc;
let input: OobInput;
const driver = createRedfishDriver(redfishConfig());

beforeEach(async () => {
  bmc = new FakeBmc();
  input = oobInput(await bmc.listen('127.16.0.31'));
});
afterEach(async () => {
  expect([...bmc.sessions]).toEqual([]);
  await bmc.close();
});

const cycleRecords = ['intend power_off', 'settle power_off done', 'intend power_on', 'settle power_on done'];

describe('a power cycle', () => {
  test('is off, off seen, on, on seen, in four records', async () => {
    const step = new MemoryStep();
    const outcome = await step.call(driver.power_cycle_node, input);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.notes[0]?.text).toBe('power of node n01 was On, was switched off, is On');
    expect(step.records).toEqual(cycleRecords);
    expect(bmc.resets()).toEqual(['ForceOff', 'On']);
  });

  test('of a machine that is off is on alone', async () => {
    bmc.powerState = 'Off';
    expect(await new MemoryStep().call(driver.power_cycle_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['On']);
  });

  test('waits for each state in calls of its own, and knows "on, after it"', async () => {
    bmc.obey = false;
    const step = new MemoryStep();
    const call = () => step.call(driver.power_cycle_node, input);
    expect(await call()).toMatchObject({ kind: 'waiting', wake: { afterSeconds: 1 } });
    bmc.powerState = 'PoweringOff';
    expect(await call()).toMatchObject({ kind: 'waiting', wake: { afterSeconds: 2 } });
    bmc.powerState = 'Off';
    expect(await call()).toMatchObject({ kind: 'waiting' });
    bmc.powerState = 'PoweringOn';
    expect(await call()).toMatchObject({ kind: 'waiting' });
    bmc.powerState = 'On';
    expect(await call()).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['ForceOff', 'On']);
    expect(step.records).toEqual(cycleRecords);
  });

  test.each([1, 2, 3, 4])('killed after record %i sends each reset once in all', async (dieAfterRecord) => {
    const step = new MemoryStep();
    await expect(step.call(driver.power_cycle_node, input, { dieAfterRecord })).rejects.toThrow(Died);
    const sentThen = bmc.resets().length;
    expect(sentThen).toBe(Math.floor(dieAfterRecord / 2));
    let outcome = await step.call(driver.power_cycle_node, input);
    if (outcome.kind === 'waiting') {
      expect(bmc.resets()).toHaveLength(sentThen);
      step.ageSeconds = step.settleSeconds;
      outcome = await step.call(driver.power_cycle_node, input);
    }
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['ForceOff', 'On']);
    expect(bmc.powerState).toBe('On');
  });

  test.each([
    ['off', 0, ['ForceOff', 'On']],
    ['on', 1, ['ForceOff', 'On']],
  ])('whose %s was obeyed but never answered is read, not repeated', async (_, index, resets) => {
    let seen = -1;
    bmc.interrupt = ({ line, body }) => {
      if (line !== `POST ${resetPath}`) return null;
      seen += 1;
      if (seen !== index) return null;
      bmc.powerState = body?.['ResetType'] === 'On' ? 'On' : 'Off';
      return 'hang up';
    };
    const step = new MemoryStep();
    expect(await step.call(driver.power_cycle_node, input)).toMatchObject({ kind: 'waiting' });
    expect(step.openIntent).not.toBeNull();
    expect(await step.call(driver.power_cycle_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(resets);
    expect(step.records).toEqual(cycleRecords);
  });

  test('answered by 500 is announced anew only after the settle time', async () => {
    bmc.interrupt = answersTo(`POST ${resetPath}`, [{ status: 500 }]);
    const step = new MemoryStep();
    const call = () => step.call(driver.power_cycle_node, input);
    expect(await call()).toMatchObject({ kind: 'waiting' });
    step.ageSeconds = 14;
    expect(await call()).toMatchObject({ kind: 'waiting' });
    expect(bmc.resets()).toHaveLength(1);
    step.ageSeconds = 15;
    expect(await call()).toMatchObject({ kind: 'done' });
    expect(step.records).toEqual(['intend power_off', 'settle power_off not_done', ...cycleRecords]);
  });

  test.each([
    ['iDRAC in POST', bmcError(400, 'IDRAC.2.8.SYS518')],
    ['iDRAC 10', bmcError(409, 'Base.1.12.ActionParameterValueConflict')],
    ['iLO', bmcError(400, 'iLO.2.14.InvalidOperationForSystemState')],
    ['a service that restarts', bmcError(503, 'Base.1.8.ServiceTemporarilyUnavailable')],
  ])('refused by a busy BMC (%s) is tried again later', async (_, answer) => {
    bmc.interrupt = answersTo(`POST ${resetPath}`, [answer]);
    const step = new MemoryStep();
    expect(await step.call(driver.power_cycle_node, input)).toMatchObject({
      kind: 'waiting',
      wake: { afterSeconds: 5 },
    });
    expect(step.openIntent).toBeNull();
    expect(await step.call(driver.power_cycle_node, input)).toMatchObject({ kind: 'done' });
    expect(step.records).toEqual(['intend power_off', 'settle power_off refused', ...cycleRecords]);
  });

  test('stopped with an open off-intent finishes the pair', async () => {
    const step = new MemoryStep();
    bmc.obey = false;
    await expect(step.call(driver.power_cycle_node, input, { dieAfterRecord: 2 })).rejects.toThrow(Died);
    bmc.obey = true;
    bmc.powerState = 'Off';
    expect(await step.call(driver.power_cycle_node, input, { stopping: true })).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['ForceOff', 'On']);
  });

  test('stopped with an off-intent that had no effect ends without a request', async () => {
    const step = new MemoryStep();
    await expect(step.call(driver.power_cycle_node, input, { dieAfterRecord: 1 })).rejects.toThrow(Died);
    step.ageSeconds = 15;
    const outcome = await step.call(driver.power_cycle_node, input, { stopping: true });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'cancelled' });
    expect(step.openIntent).toBeNull();
    expect(bmc.resets()).toEqual([]);
  });

  test('at its last call says which state it found', async () => {
    bmc.obey = false;
    const step = new MemoryStep();
    await step.call(driver.power_cycle_node, input);
    const outcome = await step.call(driver.power_cycle_node, input, { isLastCall: true });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'not_verified' });
    expect(outcome).toMatchObject({ reason: expect.stringContaining('power of node n01 is On; Off was asked for') });
  });
});

describe('a reset', () => {
  test('announced too long ago is not sent', async () => {
    const step = new MemoryStep();
    const call = step.call(driver.power_off_node, input, { isLate: true });
    await expect(call).rejects.toMatchObject({ code: 'fence_lost' });
    expect(bmc.resets()).toEqual([]);
    expect(step.openIntent).not.toBeNull();
  });

  test('uses what the BMC allows', async () => {
    bmc.reset = { target: resetPath, 'ResetType@Redfish.AllowableValues': ['GracefulShutdown', 'ForceOn'] };
    expect(await new MemoryStep().call(driver.power_cycle_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['GracefulShutdown', 'ForceOn']);
  });

  test('finds the allowed values in the action info', async () => {
    bmc.reset = { target: resetPath, '@Redfish.ActionInfo': '/odd/info' };
    const body = { Parameters: [{ Name: 'ResetType', AllowableValues: ['GracefulShutdown'] }] };
    bmc.interrupt = ({ line }) => (line === 'GET /odd/info' ? { status: 200, body } : null);
    expect(await new MemoryStep().call(driver.power_off_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual(['GracefulShutdown']);
  });

  test('that the BMC does not offer fails as unsupported', async () => {
    bmc.reset = { target: resetPath, 'ResetType@Redfish.AllowableValues': ['Nmi'] };
    const step = new MemoryStep();
    expect(await step.call(driver.power_off_node, input)).toMatchObject({ kind: 'failed', errorClass: 'unsupported' });
    expect(step.records).toEqual([]);
  });

  test('is not sent when the machine is already so', async () => {
    expect(await new MemoryStep().call(driver.power_on_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.resets()).toEqual([]);
  });

  test('is not sent while the power state is unknown', async () => {
    bmc.powerState = null;
    expect(await new MemoryStep().call(driver.power_off_node, input)).toMatchObject({ kind: 'waiting' });
    expect(bmc.resets()).toEqual([]);
  });

  test('that became a task is watched through its monitor, and its failure is told', async () => {
    const task = { status: 202, headers: { location: '/odd/tasks/9' } };
    const states = [{ status: 202 }, { status: 200, body: { TaskState: 'Exception' } }];
    bmc.interrupt = ({ line }) =>
      line === `POST ${resetPath}` ? task : line === 'GET /odd/tasks/9' ? (states.shift() ?? null) : null;
    const step = new MemoryStep();
    expect(await step.call(driver.power_off_node, input)).toMatchObject({ kind: 'waiting' });
    const outcome = await step.call(driver.power_off_node, input);
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'machine_failed' });
    expect(outcome).toMatchObject({ reason: expect.stringContaining('Exception') });
  });

  test('that became a task ends when the state is read', async () => {
    bmc.interrupt = ({ line }) => {
      if (line === `POST ${resetPath}`) return { status: 202, headers: { location: '/odd/tasks/9' } };
      return line === 'GET /odd/tasks/9' ? { status: 202 } : null;
    };
    const step = new MemoryStep();
    expect(await step.call(driver.power_off_node, input)).toMatchObject({ kind: 'waiting' });
    bmc.powerState = 'Off';
    expect(await step.call(driver.power_off_node, input)).toMatchObject({ kind: 'done' });
    expect(bmc.lines('POST /odd/place')).toHaveLength(1);
  });

  test('refused for a lost session is announced anew under a new session', async () => {
    bmc.interrupt = answersTo(`POST ${resetPath}`, [{ status: 401 }]);
    const step = new MemoryStep();
    expect(await step.call(driver.power_off_node, input)).toMatchObject({ kind: 'done' });
    expect(step.records).toEqual([
      'intend power_off',
      'settle power_off refused',
      'intend power_off',
      'settle power_off done',
    ]);
  });
});

test('a session that the BMC dropped while reading is opened once more', async () => {
  bmc.interrupt = answersTo(`GET ${systemPath}`, [{ status: 401 }]);
  expect(await new MemoryStep().call(driver.interrogate_oob, input)).toMatchObject({ kind: 'done' });
  expect(bmc.lines('POST /odd/sessions')).toHaveLength(2);
});
