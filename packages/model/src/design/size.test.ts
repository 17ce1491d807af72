import { describe, expect, test } from '@jest/globals';
import { isSizeError, parseSize, sizeInBytes } from './size.js';

function bytesOf(text: string, driveBytes: number | null): number | string {
  const size = parseSize(text);
  if (isSizeError(size)) return size.reason;
  const bytes = sizeInBytes(size, driveBytes === null ? null : { totalBytes: driveBytes, availableBytes: driveBytes });
  return typeof bytes === 'number' ? bytes : bytes.reason;
}

const decimal = [
  ...['15m', '15M', '15mb', '15MB'].map((text) => [text, 20e6, 15e6] as const),
  ...['15g', '15G', '15gb', '15GB'].map((text) => [text, 20e9, 15e9] as const),
  ...['15t', '15T', '15tb', '15TB'].map((text) => [text, 20e12, 15e12] as const),
];
const binary = [
  ...['15mi', '15Mi', '15mib', '15MiB'].map((text) => [text, 20 * 2 ** 20, 15 * 2 ** 20] as const),
  ...['15gi', '15Gi', '15gib', '15GiB'].map((text) => [text, 20 * 2 ** 30, 15 * 2 ** 30] as const),
  ...['15ti', '15Ti', '15tib', '15TiB'].map((text) => [text, 20 * 2 ** 40, 15 * 2 ** 40] as const),
];

describe('a size on a drive', () => {
  test.each([...decimal, ...binary])('%s of %d bytes is %d bytes', (text, drive, bytes) => {
    expect(bytesOf(text, drive)).toBe(bytes);
  });

  test.each([
    ['a text of a block ends in a line break', '1g\n', 20e9, 1e9],
    ['a percentage is rounded down', '50%', 1001, 500],
    ['at least takes all but the reserve', '>1g', 20e9, 20e9 - 4194304],
    ['at least some percent takes all but the reserve', '>30%', 20e9, 20e9 - 4194304],
    ['more than there is fails', '30g', 20e9, 'not_enough_storage'],
    ['at least more than there is fails', '>30g', 20e9, 'not_enough_storage'],
    ['a plain size needs no drive', '1g', null, 1e9],
    ['a percentage needs a drive', '30%', null, 'invalid_size'],
    ['at least needs a drive', '>1g', null, 'invalid_size'],
  ])('%s', (_name, text, drive, expected) => {
    expect(bytesOf(text, drive)).toBe(expected);
  });

  test.each([
    '',
    'abc',
    '10',
    '10GIB',
    '10Tb',
    '10gfoo',
    ' 10g',
    '10 g',
    '-1g',
    '1.5g',
    '>',
    '%',
    '10%%',
    '99999999999t',
  ])('"%s" is no size', (text) => {
    expect(bytesOf(text, 20e9)).toBe('invalid_size');
  });
});
