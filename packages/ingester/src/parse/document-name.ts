import { mappingOf } from './shapes/containers.js';
import { nameOf, printScalar } from './shapes/print-scalar.js';
import type { ShapeCursor } from './shapes/shape-cursor.js';
import type { Shape } from './shapes/shape.js';

/** Characters; a node's name is a host name, whose limit this is, and nobody wants a longer one for anything else. */
const longestName = 255;

const fallback = 'Unknown';

/** The `name` in a document's metadata, without a word about what is wrong with it. */
export function peekName(metadata: unknown): string {
  const name = metadata instanceof Map ? printScalar(metadata.get('name')) : null;
  return name === null || name === '' ? fallback : name.slice(0, longestName);
}

/** As `peekName`; null when there is none. */
export function nameIn(metadata: unknown): string | null {
  const name = peekName(metadata);
  return name === fallback ? null : name;
}

/** `metadata.name` of a document; null when there is none that could be used. */
export const documentName: Shape<string | null> = (metadata, at) =>
  at.read('name', mappingOf(metadata ?? undefined, at).get('name'), readName);

const readName: Shape<string | null> = (value, at) => {
  const name = printScalar(value);
  if (name === null || name === '') {
    at.report('modelRequired', {
      message: `is ${value === undefined || name === '' ? 'missing' : nameOf(value)}`,
      advice: 'give it a name',
    });
    return null;
  }
  if (name.length > longestName) {
    at.report('limit', {
      message: `has ${name.length} characters; ${longestName} is the limit`,
      advice: 'give it a shorter name',
    });
    return null;
  }
  adviseOn(value, name, at);
  return name;
};

function adviseOn(value: unknown, name: string, at: ShapeCursor): void {
  if (typeof value !== 'string') {
    at.report('missedType', {
      message: `must be a string, not ${nameOf(value)}`,
      advice: 'put it in quotes',
      readAs: `"${name}"`,
    });
  }
  if (/\p{Cc}/u.test(name) || name.trim() !== name) {
    at.report('missedFormat', {
      message: 'begins or ends with a space, or has a control character in it',
      advice: 'write it without',
    });
  }
}
