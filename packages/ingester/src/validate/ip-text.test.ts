import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { contains, parseAddress, parseCidr, withPrefixLength } from './ip-text.js';

describe('an address', () => {
  test.each([
    ['0.0.0.0', 4, 0n],
    ['10.0.0.255', 4, 0x0a0000ffn],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::1', 6, 1n],
    ['2001:DB8::1', 6, 0x20010db8000000000000000000000001n],
  ])('%s', (text, family, value) => {
    expect(parseAddress(text)).toEqual({ family, value });
  });

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1..2.3',
    '1.2.3.',
    '.1.2.3',
    ' 1.2.3.4',
    '0x1.2.3.4',
    '1.2.3.4/24',
    '١.2.3.4',
    'fe80::1%eth0',
    '::g',
    'dhcp',
  ])('is not "%s"', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  test('is read as a library reads it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const bytes = ipaddr.parse(text).toByteArray();
        expect(parseAddress(text)).toEqual({
          family: bytes.length === 4 ? 4 : 6,
          value: BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`),
        });
      }),
    );
  });
});

describe('a CIDR', () => {
  test.each([
    ['10.0.1.5/24', '10.0.1.0/24', true],
    ['10.0.1.0/24', '10.0.1.0/24', false],
    ['10.0.1.0/024', '10.0.1.0/24', false],
    ['0.0.0.0/0', '0.0.0.0/0', false],
    ['10.0.0.7/32', '10.0.0.7/32', false],
    ['10.0.0.0/255.255.254.0', '10.0.0.0/23', false],
    ['0.0.0.0/0.0.0.0', '0.0.0.0/0', false],
    ['10.0.1.5/255.255.255.255', '10.0.1.5/32', false],
    ['10.0.1.5/255.255.255.0', '10.0.1.0/24', true],
    ['10.0.0.0/0.0.1.255', '10.0.0.0/23', false],
    ['2001:DB8:0:0::/64', '2001:db8::/64', false],
    ['2001:db8::1/64', '2001:db8::/64', true],
  ])('%s is %s', (given, text, hasHostBits) => {
    expect(parseCidr(given)).toMatchObject({ text, hasHostBits });
  });

  test.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/-1',
    '10.0.0.0/2.4',
    '10.0.0.0/24/1',
    '10.0.0.0/255.0.255.0',
    '2001:db8::/255.255.255.0',
    '2001:db8::/ffff::',
    '/24',
    'net/24',
  ])('is not "%s"', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  test.each([
    ['10.0.0.0/255.255.255.0', '10.0.0.0/24'],
    ['10.0.0.5/255.255.255.0', '10.0.0.5/24'],
    ['10.0.0.0/0.0.0.255', '10.0.0.0/24'],
    ['10.0.0.0/24', '10.0.0.0/24'],
    ['2001:DB8::/64', '2001:DB8::/64'],
    ['10.0.0.5', '10.0.0.5/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['anything/else', 'anything/else'],
    ['anything', 'anything'],
    ['', ''],
  ])('"%s" is written "%s" with a prefix length', (text, written) => {
    expect(withPrefixLength(text)).toBe(written);
  });

  test.each([
    ['10.0.1.0/24', '10.0.1.0', true],
    ['10.0.1.0/24', '10.0.1.255', true],
    ['10.0.1.0/24', '10.0.2.0', false],
    ['10.0.1.0/24', '10.0.0.255', false],
    ['::/0', '10.0.1.1', false],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/64', '2001:db8::ffff:ffff:ffff:ffff', true],
    ['2001:db8::/64', '2001:db8:0:1::', false],
  ])('%s with %s', (cidrText, addressText, expected) => {
    const [cidr, address] = [parseCidr(cidrText), parseAddress(addressText)];
    expect(cidr !== null && address !== null && contains(cidr, address)).toBe(expected);
  });
});
