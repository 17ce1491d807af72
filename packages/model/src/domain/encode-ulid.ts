/** Crockford's base 32: no I, L, O and U. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10;
const randomDigits = 16;

/**
 * A ULID, 26 characters that sort by time: 48 bits of time, then 80 bits of chance (https://github.com/ulid/spec).
 * @param milliseconds since 1970
 * @param random 10 bytes
 */
export function encodeUlid(milliseconds: number, random: Uint8Array): string {
  const chance = [...random].reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  return inBase32(BigInt(milliseconds), timeDigits) + inBase32(chance, randomDigits);
}

function inBase32(number: bigint, length: number): string {
  return Array.from({ length }, (_, index) => digits[Number((number >> BigInt(5 * (length - 1 - index))) & 31n)]).join(
    '',
  );
}
