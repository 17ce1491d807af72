import { printKey } from './print-scalar.js';
import type { PathKey } from './shape.js';

/** For people, for instance `storage.physical_devices.sda.partitions[0].size`. */
export function printPath(keys: readonly PathKey[]): string {
  return keys
    .map((key, index) => {
      if (typeof key !== 'string') return `[${String(key)}]`;
      return index === 0 ? printKey(key) : `.${printKey(key)}`;
    })
    .join('');
}
