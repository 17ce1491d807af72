/** Letters and digits that MAAS uses for system ids: nothing that is read as something else. */
const systemIdAlphabet = '3478abcdefghkmnpqrstwxy'.split('');
const adjectives = [
  'able',
  'brisk',
  'calm',
  'deft',
  'eager',
  'fair',
  'glad',
  'hardy',
  'keen',
  'lucid',
  'merry',
  'noble',
];
const animals = [
  'badger',
  'crane',
  'dingo',
  'egret',
  'ferret',
  'gecko',
  'heron',
  'ibex',
  'jackal',
  'koala',
  'lemur',
  'mole',
];

/** Everything that looks random in the simulator; equal seeds give equal sequences. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** mulberry32: small, fast and good enough for names. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.integer(list.length)];
    if (item === undefined) throw new RangeError('cannot pick from an empty list');
    return item;
  }

  systemId(): string {
    return Array.from({ length: 6 }, () => this.pick(systemIdAlphabet)).join('');
  }

  hostName(): string {
    return `${this.pick(adjectives)}-${this.pick(animals)}`;
  }

  /** A version 4 UUID, the only form that MAAS accepts for filesystems. */
  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.integer(16).toString(16));
    hex[12] = '4';
    hex[16] = (8 + this.integer(4)).toString(16);
    const text = hex.join('');
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
  }
}
