import { describe, expect, test } from '@jest/globals';
import { YamlFloat, YamlTimestamp } from '../resolve-scalar.js';
import { nameOf, printKey, printScalar } from './print-scalar.js';

describe('a scalar is printed as Python prints it', () => {
  test.each([
    ['text', 'text'],
    [true, 'True'],
    [false, 'False'],
    [0, '0'],
    [-7, '-7'],
    [12345678901234567890n, '12345678901234567890'],
    [1.5, '1.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [1234567.25, '1234567.25'],
    [new YamlFloat(3), '3.0'],
    [new YamlFloat(-0), '-0.0'],
    [new YamlFloat(1e15), '1000000000000000.0'],
    [new YamlFloat(1e16), '1e+16'],
    [new YamlFloat(1.25e100), '1.25e+100'],
    [NaN, 'nan'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [new YamlTimestamp('2020-01-02'), '2020-01-02'],
    [null, null],
    [undefined, null],
    [[], null],
    [new Map(), null],
  ])('%p is %j', (value, printed) => {
    expect(printScalar(value)).toBe(printed);
  });
});

test.each([
  [null, 'null'],
  [undefined, 'null'],
  ['x', 'a string'],
  [1, 'a number'],
  [1n, 'a number'],
  [new YamlFloat(1), 'a number'],
  [true, 'a boolean'],
  [new YamlTimestamp('2020-01-02'), 'a date'],
  [[], 'a list'],
  [new Map(), 'a mapping'],
])('%p is called %s', (value, name) => {
  expect(nameOf(value)).toBe(name);
});

test.each([
  ['vlan', 'vlan'],
  [5, '5'],
  [null, 'null'],
  ['a\nb\0c', 'a b c'],
  ['x'.repeat(100), `${'x'.repeat(60)}…`],
  [`robot:${'x'.repeat(100)}@host`, '[not shown]'],
  ['/etc/a@b', '/etc/a@b'],
  ['passthrough:1', 'passthrough:1'],
])('a key %j is shown on one short line', (key, shown) => {
  expect(printKey(key)).toBe(shown);
});
