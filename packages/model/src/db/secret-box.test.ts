import { describe, expect, test } from '@jest/globals';
import { SecretBox } from './secret-box.js';

const hex = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const base64 = Buffer.from(hex, 'hex').toString('base64');
const other = 'ff'.repeat(32);

test.each([
  ['a password', 'correct horse'],
  ['nothing', ''],
  ['text of any language', 'пароль 💾 \n'],
  ['a long key', 'x'.repeat(100_000)],
])('what was sealed is opened again: %s', (_name, plain) => {
  const box = new SecretBox(hex);
  expect(box.open(box.seal(plain))).toBe(plain);
});

test.each([
  ['base64', base64],
  ['hex in capitals', hex.toUpperCase()],
  ['hex with a line end', `${hex}\n`],
  ['base64 with blanks around', `  ${base64}\n`],
])('the same key as %s opens it', (_name, keyText) => {
  expect(new SecretBox(keyText).open(new SecretBox(hex).seal('x'))).toBe('x');
});

test('a seal shows nothing of its text, and never the same twice', () => {
  const box = new SecretBox(hex);
  const [one, two] = [box.seal('correct horse'), box.seal('correct horse')];
  expect(one.equals(two)).toBe(false);
  expect(one.includes('correct')).toBe(false);
  expect(one).toHaveLength(12 + 16 + 'correct horse'.length);
});

describe('a seal is not opened', () => {
  const flipped = (at: number) => (sealed: Buffer) => {
    sealed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    return sealed;
  };
  test.each<[string, string, (sealed: Buffer) => Buffer]>([
    ['with another key', other, (sealed) => sealed],
    ['with another nonce', hex, flipped(0)],
    ['with another tag', hex, flipped(12)],
    ['with another text', hex, flipped(28)],
    ['when its end is missing', hex, (sealed) => sealed.subarray(0, -1)],
    ['when its tag is cut', hex, (sealed) => sealed.subarray(0, 20)],
    ['when it is empty', hex, () => Buffer.alloc(0)],
  ])('%s', (_name, keyText, changed) => {
    const sealed = changed(new SecretBox(hex).seal('correct horse'));
    expect(() => new SecretBox(keyText).open(sealed)).toThrow(
      expect.objectContaining({ code: 'secret_unreadable', message: expect.not.stringContaining('horse') }),
    );
  });
});

test.each([
  ['no text', '', 0],
  ['too few bytes', 'ab'.repeat(8), 12],
  ['too many bytes', Buffer.alloc(33).toString('base64'), 33],
])('a key of %s is refused, with its length and without its text', (_name, keyText, bytes) => {
  const make = () => new SecretBox(keyText);
  expect(make).toThrow(expect.objectContaining({ code: 'invalid_configuration' }));
  expect(make).toThrow(`not ${bytes}`);
});
