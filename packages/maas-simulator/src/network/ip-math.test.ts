import { describe, expect, test } from '@jest/globals';
import { formatAddress, networkHolds, parseAddress, parseNetwork } from './ip-math.js';

describe('addresses', () => {
  test.each(['0.0.0.0', '172.16.5.5', '255.255.255.255', 'fd00::1'])('%s is read and written alike', (text) => {
    const address = parseAddress(text);
    expect(address).toBeDefined();
    if (address !== undefined) expect(formatAddress(address)).toBe(text);
  });

  test.each(['', '1', '1.2.3', '1.2.3.256', '10.0.0.0/8', 'host'])('"%s" is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('networks', () => {
  test.each(['172.16.1.9/24', '172.16.1.0', '172.16.1.0/33', '172.16.1.0/', 'x/8'])('"%s" is no network', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });

  test.each([
    ['172.16.1.0/24', '172.16.1.255', true],
    ['172.16.1.0/24', '172.16.2.0', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['fd00::/64', 'fd00::5', true],
    ['fd00::/64', '172.16.1.1', false],
  ])('%s holds %s: %s', (cidr, text, isInside) => {
    const network = parseNetwork(cidr);
    const address = parseAddress(text);
    if (network === undefined || address === undefined) throw new Error('the case is wrong');
    expect(networkHolds(network, address)).toBe(isInside);
  });
});
