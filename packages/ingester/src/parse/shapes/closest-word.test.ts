import { expect, test } from '@jest/globals';
import { closestWord } from './closest-word.js';

const words = ['vlan', 'mtu', 'cidr', 'routes', 'ranges', 'dhcp_relay', 'dns'];

test.each([
  ['valn', 'vlan'],
  ['vlans', 'vlan'],
  ['lan', 'vlan'],
  ['mut', 'mtu'],
  ['rotes', 'routes'],
  ['dhcp-relay', 'dhcp_relay'],
  ['route', 'routes'],
  ['gateway', null],
  ['', null],
  ['x', null],
  ['dhcp_relay_target', null],
])('%j is taken for %j', (text, meant) => {
  expect(closestWord(text, words)).toBe(meant);
});

test('words of two letters are never meant', () => {
  expect(closestWord('xy', ['hi', 'up'])).toBeNull();
});
