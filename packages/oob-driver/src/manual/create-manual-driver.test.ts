import { describe, expect, test } from '@jest/globals';
import { MemoryStep } from '@drydock/testkit';
import { oobInput } from '../../test/oob-input.js';
import { createOobDrivers, defaultOobConfig, selectOobDriver } from '../index.js';
import { createManualDriver } from './create-manual-driver.js';

const input = oobInput({ address: '127.16.0.1', port: 1 });

describe('a machine that is switched by hand', () => {
  test('gets its time, with a note that says what to do, and is then taken as done', async () => {
    const step = new MemoryStep();
    const driver = createManualDriver({ delaySeconds: 60 });
    const first = await step.call(driver.power_cycle_node, input);
    expect(first).toMatchObject({ kind: 'waiting', wake: { afterSeconds: 60 } });
    expect(first.notes[0]?.text).toContain('node n01 is switched by hand: switch its power off and on again');
    const second = await step.call(driver.power_cycle_node, input);
    expect(second).toMatchObject({ kind: 'done', focus: [{ name: 'n01', isOk: true }] });
  });

  test('is done at once without a delay', async () => {
    const driver = createManualDriver({ delaySeconds: 0 });
    expect(await new MemoryStep().call(driver.set_node_boot, input)).toMatchObject({ kind: 'done' });
  });

  test('is not waited for when the step stops', async () => {
    const driver = createManualDriver({ delaySeconds: 60 });
    const outcome = await new MemoryStep().call(driver.set_node_boot, input, { stopping: true });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'cancelled' });
  });
});

test.each([
  ['redfish', ['redfish']],
  ['manual', ['manual']],
  ['ipmi', null],
])('the type %s is served by %p', (type, types) => {
  const driver = selectOobDriver(createOobDrivers(defaultOobConfig), type);
  expect(driver?.types ?? null).toEqual(types);
});
