import { expect, test } from '@jest/globals';
import { isAddressAllowed } from './check-address.js';

const policy = {
  fileRoots: [],
  allowedHosts: ['design.test:8443'],
  allowLoopback: false,
  maxBytes: 1,
  connectTimeoutSeconds: 1,
  totalTimeoutSeconds: 1,
};

test.each([
  ['93.184.216.34', 'https://other.test/', true],
  ['2606:2800:220:1::1', 'https://other.test/', true],
  ['10.0.0.1', 'https://design.test:8443/', true],
  ['10.0.0.1', 'https://design.test/', false],
  ['10.0.0.1', 'https://other.test/', false],
  ['100.64.0.1', 'https://design.test:8443/', true],
  ['100.100.100.200', 'https://design.test:8443/', false],
  ['224.0.0.1', 'https://design.test:8443/', false],
  ['not an address', 'https://design.test:8443/', false],
])('%s for %s: %s', (address, url, isAllowed) => {
  expect(isAddressAllowed(address, new URL(url), policy)).toBe(isAllowed);
});
