import { mappingOf } from '../shapes/containers.js';
import { nameOf } from '../shapes/print-scalar.js';
import type { Shape } from '../shapes/shape.js';
import { scalarText, secretEntry, text } from '../shapes/text-shapes.js';

interface OutOfBandBody {
  readonly type: string | null;
  /** Every other key of the stanza. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The schema wants these to be strings; every other key may hold any scalar. */
const typedKeys: ReadonlySet<string> = new Set(['network', 'account', 'credential']);

/** How to reach the BMC (reference 02 §3.6). No message shows a value of it: one of them is a password. */
export const outOfBandShape: Shape<OutOfBandBody> = (value, at) => {
  const map = mappingOf(value, at);
  const parameters = new Map<string, string>();
  for (const [key, item] of map) {
    if (key === 'type') continue;
    if (typeof key === 'string') {
      parameters.set(key, at.read(key, item, typedKeys.has(key) ? secretEntry : scalarText));
    } else {
      at.report('modelValue', {
        key,
        message: `is a key that is ${nameOf(key)}, not a string`,
        advice: 'put the key in quotes',
      });
    }
  }
  return { type: at.read('type', map.get('type'), text), parameters };
};
