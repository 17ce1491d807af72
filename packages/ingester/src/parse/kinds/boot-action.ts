import { flag, nameOf, oneOf, scalarText, text } from '../shapes/scalars.js';
import { listOf, mapOf, nullable, optional, required, section } from '../shapes/containers.js';
import type { Shape } from '../shapes/shape.js';

const dataSteps = ['base64_encode', 'template', 'base64_decode', 'utf8_encode', 'utf8_decode'] as const;

const step =
  (names: readonly string[]): Shape<string> =>
  (value, at) =>
    oneOf(names)(value, at) ?? '';

/** Text for a unit or file, or packages with their versions (reference 02 §7.2). */
const data: Shape<string | ReadonlyMap<string, string | null> | null> = (value, at) => {
  if (value === undefined || value === null || typeof value === 'string') return value ?? null;
  if (value instanceof Map) return mapOf(packageVersion)(value, at);
  at.report('type', `must be a string or a mapping of packages, not ${nameOf(value)}`);
  return null;
};

const packageVersion: Shape<string | null> = (value, at) => (value === null ? null : text(value, at));

/** Octal digits of a string, at least three (reference 02 §3.11). */
const permissions: Shape<number | null> = (value, at) => {
  const digits = text(value, at);
  if (digits === null) return null;
  const bits = /^(?:0[oO]?)?[0-7]{3,4}$/.test(digits) ? Number.parseInt(digits.replace(/^0[oO]/, ''), 8) : NaN;
  if (Number.isNaN(bits)) at.report('value', `must be octal permission bits, for instance '644', not "${digits}"`);
  return Number.isNaN(bits) ? null : bits;
};

const path: Shape<string | null> = (value, at) => {
  const found = text(value, at);
  if (found !== null && !/^\/./.test(found)) at.report('type', `must be an absolute path, not "${found}"`);
  return found;
};

const asset = section({
  type: required(oneOf(['unit', 'file', 'pkg_list'])),
  path,
  location: text,
  location_pipeline: nullable(listOf(step(['template']))),
  data,
  data_pipeline: nullable(listOf(step(dataSteps))),
  permissions,
});

const names = listOf((value, at) => text(value, at) ?? '');

const filter = section({
  filter_type: required(oneOf(['union', 'intersection'])),
  node_names: names,
  node_tags: names,
  node_labels: mapOf(scalarText),
  rack_names: names,
  rack_labels: mapOf(scalarText),
});

/** Reference 02 §3.11. */
export const bootActionShape = section({
  signaling: nullable(flag),
  assets: required(listOf(asset)),
  node_filter: optional(
    section({ filter_set_type: required(oneOf(['union', 'intersection'])), filter_set: listOf(filter) }),
  ),
});
