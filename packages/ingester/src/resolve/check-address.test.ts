import { describe, expect, test } from '@jest/globals';
import { policyWith } from '../../test/resolve/policy-with.js';
import { checkAllowedAddresses, isAddressAllowed } from './check-address.js';

describe('an address', () => {
  const policy = policyWith({ allowedHosts: ['design.test:8443'], allowLoopback: false });

  test.each([
    ['93.184.216.34', 'https://other.test/', true],
    ['2606:2800:220:1::1', 'https://other.test/', true],
    ['10.0.0.1', 'https://design.test:8443/', true],
    ['10.0.0.1', 'https://design.test/', false],
    ['10.0.0.1', 'https://other.test/', false],
    ['100.64.0.1', 'https://design.test:8443/', true],
    ['100.100.100.200', 'https://design.test:8443/', false],
    ['169.254.170.2', 'https://design.test:8443/', false],
    ['224.0.0.1', 'https://design.test:8443/', false],
    ['127.0.0.1', 'https://design.test:8443/', false],
    ['not an address', 'https://design.test:8443/', false],
  ])('%s for %s: %s', (address, url, isAllowed) => {
    expect(isAddressAllowed(address, new URL(url), policy)).toBe(isAllowed);
  });

  test.each([
    ['10.1.2.3', ['10.0.0.0/8'], true],
    ['172.16.2.3', ['10.0.0.0/8'], false],
    ['169.254.7.7', ['169.254.0.0/16'], true],
    ['127.0.0.1', ['127.0.0.1'], true],
    ['::ffff:127.0.0.1', ['127.0.0.0/8'], true],
    ['fe80::1', ['fe80::/10'], true],
    ['fe80::1', ['10.0.0.0/8'], false],
    ['169.254.169.254', ['169.254.0.0/16'], false],
    ['169.254.169.254', ['169.254.169.254'], true],
    ['169.254.169.254', ['169.254.169.254/32'], true],
    ['fd00:ec2::254', ['fd00::/8'], false],
    ['fd00:ec2::254', ['fd00:ec2::254/128'], true],
  ])('%s with %j allowed: %s', (address, allowedAddresses, isAllowed) => {
    const url = new URL('https://other.test/');
    expect(isAddressAllowed(address, url, { ...policy, allowedHosts: [], allowedAddresses })).toBe(isAllowed);
  });
});

test.each(['10.0.0.0/33', 'ten', '10.0.0.0-10.0.0.9', ''])('"%s" is no range of addresses', (range) => {
  expect(() => checkAllowedAddresses(policyWith({ allowedAddresses: [range] }))).toThrow(
    expect.objectContaining({ code: 'invalid_configuration' }),
  );
});
