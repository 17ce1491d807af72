import type { ComposedDocument } from './compose-document.js';
import type { PathKey } from './shapes/shape.js';

/** Where the value under a path of keys stands; the nearest thing above it that is there, when it is not. */
export function offsetOf(document: ComposedDocument, keys: readonly PathKey[]): number {
  let { offset } = document;
  let value: unknown = document.value;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) break;
    offset = document.offsets.get(value)?.get(key) ?? offset;
    value = value instanceof Map ? value.get(key) : Array.isArray(value) ? (value[Number(key)] as unknown) : null;
  }
  return offset;
}
