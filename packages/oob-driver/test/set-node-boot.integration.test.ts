import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OobInput } from '@drydock/model';
import { createRedfishDriver } from '../src/redfish/create-redfish-driver.js';
import { answersTo, bmcError, FakeBmc, systemPath } from './fake-bmc.js';
import { Died, MemoryStep } from '@drydock/testkit';
import { oobInput, redfishConfig } from './oob-input.js';

let bmc: FakeBmc;
let input: OobInput;
const driver = createRedfishDriver(redfishConfig());

beforeEach(async () => {
  bmc = new FakeBmc();
  input = oobInput(await bmc.listen('127.16.0.32'));
});
afterEach(async () => {
  expect([...bmc.sessions]).toEqual([]);
  await bmc.close();
});

const patches = () => bmc.requests.filter(({ line }) => line === `PATCH ${systemPath}`);
const written = () => patches().map(({ body }) => body?.['Boot']);
const pxeOnce = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' };

describe('the next boot', () => {
  test('is set to PXE once, in the mode in which the machine boots, and read back', async () => {
    const step = new MemoryStep();
    const outcome = await step.call(driver.set_node_boot, input);
    expect(outcome).toMatchObject({ kind: 'done', notes: [{ text: 'next boot of node n01 is Pxe (Once)' }] });
    expect(written()).toEqual([{ ...pxeOnce, BootSourceOverrideMode: 'UEFI' }]);
    expect(step.records).toEqual(['intend set_boot', 'settle set_boot done']);
  });

  test('is not written when it is already so', async () => {
    Object.assign(bmc.boot, pxeOnce);
    expect(await new MemoryStep().call(driver.set_node_boot, input)).toMatchObject({ kind: 'done' });
    expect(written()).toEqual([]);
  });

  test('is written in the mode that the configuration forces', async () => {
    const bios = createRedfishDriver(redfishConfig({ bootMode: 'bios' }));
    await new MemoryStep().call(bios.set_node_boot, input);
    expect(written()).toEqual([{ ...pxeOnce, BootSourceOverrideMode: 'Legacy' }]);
  });

  test('is written without a mode when the BMC refuses it', async () => {
    bmc.interrupt = answersTo(`PATCH ${systemPath}`, [bmcError(400, 'Base.1.8.PropertyNotWritable')]);
    expect(await new MemoryStep().call(driver.set_node_boot, input)).toMatchObject({ kind: 'done' });
    expect(written()).toEqual([{ ...pxeOnce, BootSourceOverrideMode: 'UEFI' }, pxeOnce]);
  });

  test('is written with the tag as read, then its strong form, then any, then none', async () => {
    const refused = { status: 412 };
    const left = [refused, refused, refused];
    bmc.interrupt = ({ line }) => {
      if (line === `PATCH ${systemPath}`) return left.shift() ?? null;
      if (line !== `GET ${systemPath}`) return null;
      const body = { PowerState: 'On', Boot: bmc.boot, '@odata.etag': 'W/"7"' };
      return { status: 200, body };
    };
    const step = new MemoryStep();
    expect(await step.call(driver.set_node_boot, input)).toMatchObject({ kind: 'done' });
    expect(patches().map(({ headers }) => headers['if-match'])).toEqual(['W/"7"', '"7"', '*', undefined]);
    expect(step.records.filter((record) => record.endsWith('refused'))).toHaveLength(3);
  });

  test('that the BMC hides after the write is believed, with a warning', async () => {
    bmc.obey = false;
    const step = new MemoryStep();
    expect(await step.call(driver.set_node_boot, input)).toMatchObject({ kind: 'waiting', wake: { afterSeconds: 1 } });
    const outcome = await step.call(driver.set_node_boot, input);
    expect(outcome).toMatchObject({ kind: 'done', notes: [{ text: expect.stringContaining('warning') }] });
    expect(written()).toHaveLength(1);
  });

  test('that shows another target is written three times and then not verified', async () => {
    bmc.obey = false;
    bmc.boot = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Hdd' };
    const step = new MemoryStep();
    for (let call = 0; call < 3; call += 1) {
      expect(await step.call(driver.set_node_boot, input)).toMatchObject({ kind: 'waiting' });
    }
    const outcome = await step.call(driver.set_node_boot, input);
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'not_verified' });
    expect(written()).toHaveLength(3);
  });

  test('that cannot be PXE fails as unsupported', async () => {
    bmc.boot['BootSourceOverrideTarget@Redfish.AllowableValues'] = ['None', 'Hdd'];
    const outcome = await new MemoryStep().call(driver.set_node_boot, input);
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'unsupported' });
  });

  test.each([1, 2])('is written once although the process died after record %i', async (dieAfterRecord) => {
    const step = new MemoryStep();
    await expect(step.call(driver.set_node_boot, input, { dieAfterRecord })).rejects.toThrow(Died);
    step.ageSeconds = step.settleSeconds;
    expect(await step.call(driver.set_node_boot, input)).toMatchObject({ kind: 'done' });
    expect(written()).toHaveLength(1);
  });

  test('is not begun at the last call', async () => {
    const outcome = await new MemoryStep().call(driver.set_node_boot, input, { isLastCall: true });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'timeout' });
    expect(written()).toEqual([]);
  });
});
