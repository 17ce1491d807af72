/** The text of a design, and what is wrong with its encoding, if anything. */
export interface DecodedText {
  readonly text: string;
  readonly problem: EncodingProblem | null;
}

export interface EncodingProblem {
  readonly level: 'error' | 'warning';
  /** In `text`. */
  readonly offset: number;
  readonly message: string;
}

/** Byte order marks; that of UTF-32 begins with that of UTF-16, so it stands first. */
const marks: readonly { readonly bytes: readonly number[]; readonly encoding: string; readonly isRead: boolean }[] = [
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32le', isRead: false },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32be', isRead: false },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', isRead: true },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', isRead: true },
];

/**
 * Bytes to text: UTF-8 with or without a mark, and UTF-16 with one, which the original's YAML loader read, too. What is
 * no text becomes U+FFFD, so that the documents without such a place can still be read.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark === undefined) return decodeUtf8(bytes);
  const encoding = mark.encoding.toUpperCase();
  if (!mark.isRead) {
    return { text: '', problem: { level: 'error', offset: 0, message: `the design is in ${encoding}, not UTF-8` } };
  }
  const text = new TextDecoder(mark.encoding).decode(bytes);
  const damage = text.indexOf('\u{fffd}');
  return damage === -1
    ? { text, problem: { level: 'warning', offset: 0, message: `the design is in ${encoding}, not UTF-8` } }
    : { text, problem: { level: 'error', offset: damage, message: `the design has bytes that are no ${encoding}` } };
}

function decodeUtf8(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('utf-8').decode(bytes);
  if (!text.includes('\u{fffd}')) return { text, problem: null };
  const offset = offsetOfDamage(bytes);
  if (offset === null) return { text, problem: null };
  const message = `byte ${offset.byte} of the design is no UTF-8`;
  return { text, problem: { level: 'error', offset: offset.character, message } };
}

/** Text that is encoded again differs from the bytes where they are no text; null: U+FFFD was written as such. */
function offsetOfDamage(bytes: Uint8Array): { readonly byte: number; readonly character: number } | null {
  const marked = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const again = new TextEncoder().encode(marked);
  const byte = again.findIndex((value, index) => value !== bytes[index]);
  if (byte === -1) return null;
  return { byte, character: new TextDecoder('utf-8').decode(bytes.subarray(0, byte)).length };
}
