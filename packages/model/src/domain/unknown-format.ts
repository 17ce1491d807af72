import { compiledDesignFormat } from '../design/compiled-design.js';
import { knownProgressFormat } from '../ports/progress-format.js';
import { planFormat } from './plan-format.js';

/** What is stored of a task or step, by its format; null where there is none yet. */
export interface StoredFormats {
  readonly planFormat: number | null;
  readonly snapshotFormat: number | null;
  readonly progressFormat: number | null;
}

const known = [
  ['plan', 'planFormat', planFormat],
  ['snapshot of the design', 'snapshotFormat', compiledDesignFormat],
  ['progress of the step', 'progressFormat', knownProgressFormat],
] as const satisfies readonly (readonly [string, keyof StoredFormats, number])[];

/**
 * Says what this version does not know, in words; null: it knows everything. Whoever is told something leaves the task or
 * step alone for a newer version, and never fails it (house §3.9).
 */
export function unknownFormat(stored: StoredFormats): string | null {
  const found = known.find(([, key, format]) => stored[key] !== null && stored[key] !== format);
  if (found === undefined) return null;
  const [name, key, format] = found;
  return `the ${name} has format ${stored[key]}, this version of Drydock knows ${format}`;
}
