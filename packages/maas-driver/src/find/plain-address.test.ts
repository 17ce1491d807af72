import { expect, test } from '@jest/globals';
import { plainAddress } from './plain-address.js';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['10.0.0.1:8000', '10.0.0.1'],
  ['https://10.0.0.1:443/redfish/v1', '10.0.0.1'],
  ['https://user@10.0.0.1', '10.0.0.1'],
  ['2001:DB8::1', '2001:db8::1'],
  ['2001:db8:0:0::1', '2001:db8::1'],
  ['https://[2001:db8::1]:443/', '2001:db8::1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['BMC-1.example.test', 'bmc-1.example.test'],
  ['qemu+ssh://virsh@host/system', 'host'],
])('%s is %s', (powerAddress, plain) => {
  expect(plainAddress(powerAddress)).toBe(plain);
});
