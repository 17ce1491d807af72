import { mappingOf } from '../shapes/containers.js';
import { nameOf, printScalar } from '../shapes/print-scalar.js';
import type { ShapeCursor } from '../shapes/shape-cursor.js';
import type { PathKey, Shape } from '../shapes/shape.js';
import { boundedText, scalarText, secretEntry, text } from '../shapes/text-shapes.js';

interface OutOfBandBody {
  readonly type: string | null;
  /** Every other key of the stanza. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** How the parameters are read that drivers know; the schema wants the first three to be strings. */
const knownParameters: ReadonlyMap<string, Shape<string>> = new Map([
  ['network', secretEntry],
  ['account', secretEntry],
  ['credential', secretEntry],
  ['port', scalarText],
  ['scheme', scalarText],
  ['libvirt_uri', scalarText],
  ['system', scalarText],
]);

const removal = '!';

/**
 * How to reach the BMC (reference 02 §3.6). No message shows a value of it: one of them is a password. Nor a key that no
 * driver knows: `credential:hunter2` without a space is a key.
 */
export const outOfBandShape: Shape<OutOfBandBody> = (value, at) => {
  const map = mappingOf(value, at);
  const parameters = new Map<string, string>();
  for (const [key, item] of map) {
    if (key === 'type') continue;
    if (typeof key === 'string') parameters.set(key, parameterOf(key, item, at));
    else {
      sayOfKey(at, key, {
        message: `has a key that is ${nameOf(key)}, not a string`,
        advice: 'put the key in quotes',
      });
    }
  }
  return { type: at.read('type', map.get('type'), text), parameters };
};

/** One that no driver knows may be a password whose separator was damaged. */
export function isParameterName(key: unknown): boolean {
  return key === 'type' || shapeOf(key) !== undefined;
}

/** `!port` takes away what is inherited. */
function shapeOf(key: unknown): Shape<string> | undefined {
  return typeof key === 'string' ? knownParameters.get(key.startsWith(removal) ? key.slice(1) : key) : undefined;
}

function parameterOf(key: string, item: unknown, at: ShapeCursor): string {
  const shape = shapeOf(key);
  if (shape !== undefined) return at.read(key, item, shape);
  const printed = printScalar(item);
  if (printed === null) {
    sayOfKey(at, key, {
      message: `has a key that no driver knows, with ${nameOf(item)} for a value`,
      advice: `write \`key: value\` with a space; known keys are type, ${[...knownParameters.keys()].join(', ')}`,
    });
  }
  return boundedText(printed ?? '', at);
}

function sayOfKey(at: ShapeCursor, key: PathKey, said: { readonly message: string; readonly advice: string }): void {
  at.report('modelValue', { ...said, key, isKeySecret: true });
}
