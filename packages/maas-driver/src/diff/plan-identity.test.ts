import { describe, expect, test } from '@jest/globals';
import type { NodeInput, OutOfBand } from '@drydock/model';
import { planIdentity, powerWish, type MachineIdentity } from './plan-identity.js';

const oob: OutOfBand = {
  type: 'redfish',
  network: 'oob',
  account: 'root',
  credential: 'pass',
  address: '10.0.0.1',
  port: null,
  scheme: null,
  parameters: {},
};
const input: NodeInput = {
  node: { name: 'n1', domain: 'a.test', oobType: 'redfish', bmcAddress: '10.0.0.1', bootMac: null },
  oob,
};
const found: MachineIdentity = { hostname: 'n1', domain: 'a.test', powerType: 'redfish', powerParameters: null };
const wanted = { hostname: 'n1', domain: 'a.test', power: null };
const parameters = { power_address: 'https://10.0.0.1:443', power_user: 'root', power_pass: 'pass' };

describe('planIdentity', () => {
  test.each<readonly [string, MachineIdentity, Parameters<typeof planIdentity>[1], Record<string, string>]>([
    ['sends nothing when nothing differs', found, wanted, {}],
    ['sends only what differs', { ...found, domain: null }, wanted, { domain: 'a.test' }],
    [
      'takes an address with scheme and port as the address',
      { ...found, powerParameters: parameters },
      { ...wanted, power: powerWish(input, true) },
      {},
    ],
    [
      'sends all power settings when one differs',
      { ...found, powerParameters: { ...parameters, power_pass: 'old' } },
      { ...wanted, power: powerWish(input, true) },
      {
        power_type: 'redfish',
        power_parameters_power_address: '10.0.0.1',
        power_parameters_power_user: 'root',
        power_parameters_power_pass: 'pass',
      },
    ],
  ])('%s', (_name, machine, wish, fields) => {
    expect(planIdentity(machine, wish)).toEqual(fields);
  });

  test('leaves power settings alone unless the configuration gives them to MAAS, except for libvirt', () => {
    expect(powerWish(input, false)).toBeNull();
    const libvirt = {
      ...input,
      oob: { ...oob, type: 'libvirt', parameters: { libvirt_uri: 'qemu+ssh://v@host/system' } },
    };
    expect(powerWish(libvirt, false)).toEqual({
      type: 'virsh',
      parameters: { power_address: 'qemu+ssh://v@host/system', power_id: 'n1' },
    });
  });
});
