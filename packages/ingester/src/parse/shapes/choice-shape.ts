import { nameOf, quoteText } from './print-scalar.js';
import type { Mistake, Shape } from './shape.js';
import { text } from './text-shapes.js';

/** One of a closed list of words; null when absent. `mistake` says what the original made of any other. */
export function oneOf<const W extends string>(words: readonly W[], mistake: Mistake = 'choice'): Shape<W | null> {
  const known: ReadonlySet<unknown> = new Set(words);
  const list = words.join(', ');
  return (value, at) => {
    if (known.has(value)) return value as W;
    if (value === undefined || value === null) return text(value, at) as null;
    const held = typeof value === 'string' ? quoteText(value) : nameOf(value);
    at.report(mistake, { message: `must be one of ${list}, not ${held}`, advice: `write one of ${list}` });
    return null;
  };
}
