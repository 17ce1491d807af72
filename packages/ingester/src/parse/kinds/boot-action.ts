import { oneOf } from '../shapes/choice-shape.js';
import { listOf, mapOf } from '../shapes/containers.js';
import { flag } from '../shapes/flag-shapes.js';
import { nullable, optional, required } from '../shapes/presence.js';
import { nameOf, quoteText } from '../shapes/print-scalar.js';
import { afterwards, section } from '../shapes/section.js';
import type { Shape, ShapeOf } from '../shapes/shape.js';
import { boundedText, scalarText, text, textItem } from '../shapes/text-shapes.js';

const dataSteps = ['base64_encode', 'template', 'base64_decode', 'utf8_encode', 'utf8_decode'] as const;

/** Characters; a file of ten megabytes as base64 fits. */
const longestData = 16 * 1024 * 1024;

const stepOf =
  (names: readonly string[]): Shape<string> =>
  (value, at) =>
    oneOf(names)(value ?? null, at) ?? '';

const packageVersion: Shape<string | null> = (value, at) => {
  if (typeof value === 'string' || value === null || value === undefined) return value ?? null;
  at.report('type', { message: `must be a version as a string, not ${nameOf(value)}`, advice: 'put it in quotes' });
  return null;
};

/** Text for a unit or file, or packages with their versions (reference 02 §7.2). */
const data: Shape<string | ReadonlyMap<string, string | null> | null> = (value, at) => {
  if (typeof value === 'string') return boundedText(value, at, longestData);
  if (value === undefined) return null;
  if (value instanceof Map) return mapOf(packageVersion)(value, at);
  at.report(value === null ? 'null' : 'type', {
    message: `must be a string or a mapping of packages, not ${nameOf(value)}`,
    advice: 'write the content as a string, or packages as name: version',
  });
  return null;
};

const octal = /^\s*(?:0[oO])?([0-7]+)\s*$/;

/** Digits that a file's permissions have, with the set-id and sticky bits; an archive keeps no more (reference 02 §7.7). */
const permissionDigits = 4;

/** Octal digits of a string, at least three (reference 02 §3.11). */
const permissions: Shape<number | null> = (value, at) => {
  if (value === undefined) return null;
  const advice = "write octal digits in quotes, for instance '644'";
  if (typeof value !== 'string') {
    at.report(value === null ? 'null' : 'type', {
      message: `must be a string of octal digits, not ${nameOf(value)}`,
      advice,
    });
    return null;
  }
  if (!/\d{3}/.test(value)) at.report('pattern', { message: 'must have at least three octal digits', advice });
  const digits = octal.exec(value)?.[1]?.replace(/^0+(?=.)/, '');
  if (digits !== undefined) {
    const kept = digits.slice(-permissionDigits);
    if (kept !== digits)
      at.report('cut', { message: `has more than permissions in it, and is read as ${kept}`, advice });
    return Number.parseInt(kept, 8);
  }
  at.report('modelValue', { message: `must be octal permission bits, not ${quoteText(value)}`, advice });
  return null;
};

const path: Shape<string | null> = (value, at) => {
  const found = text(value, at);
  if (typeof value === 'string' && found !== null && !/^\/./.test(found)) {
    at.report('pattern', {
      message: `must be an absolute path, not ${quoteText(found)}`,
      advice: 'begin it with a slash',
    });
  }
  return found;
};

const requiredBySchema = { absent: 'required', none: 'type' } as const;

const assetFields = section({
  type: required(oneOf(['unit', 'file', 'pkg_list']), requiredBySchema),
  path,
  location: text,
  location_pipeline: nullable(listOf(stepOf(['template']))),
  data,
  data_pipeline: nullable(listOf(stepOf(dataSteps))),
  permissions,
});

const asset: Shape<ShapeOf<typeof assetFields>> = afterwards(assetFields, (read, at) => {
  const ignore = (key: keyof typeof read, why: string): void => {
    const isThere = Array.isArray(read[key]) ? read[key].length > 0 : read[key] !== null;
    if (isThere) at.report('ignored', { key, message: `is ignored ${why}`, advice: 'remove it' });
  };
  if (read.location !== null) ignore('data', 'because what location points at replaces it');
  if (read.location === null) ignore('location_pipeline', 'without a location');
  if (read.type !== 'pkg_list') return;
  for (const key of ['path', 'permissions', 'data_pipeline'] as const) ignore(key, 'for a list of packages');
});

const setOperation = required(oneOf(['union', 'intersection']), { absent: 'modelRequired', none: 'type' });

const filter = section({
  filter_type: setOperation,
  node_names: listOf(textItem),
  node_tags: listOf(textItem),
  node_labels: mapOf(scalarText),
  rack_names: listOf(textItem),
  rack_labels: mapOf(scalarText),
});

/** Reference 02 §3.11. */
export const bootActionShape = section({
  signaling: flag,
  assets: required(listOf(asset)),
  node_filter: optional(section({ filter_set_type: setOperation, filter_set: listOf(filter) })),
});
