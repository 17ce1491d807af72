import { listOf, mapOf, namedMapOf } from '../shapes/containers.js';
import { addressFormat, formatted, urlFormat } from '../shapes/format-shapes.js';
import { nameOf, printScalar } from '../shapes/print-scalar.js';
import { afterwards, section } from '../shapes/section.js';
import type { Shape } from '../shapes/shape.js';
import { textItem, uncheckedSecret, uncheckedText } from '../shapes/text-shapes.js';

/** The schema says this one level too high, so nothing checked it; `sdn_api_url` is what the original read. */
const torSwitch = afterwards(
  section(
    {
      mgmt_ip: formatted(uncheckedText, addressFormat),
      sdn_api_uri: formatted(uncheckedSecret, urlFormat),
      sdn_api_url: formatted(uncheckedSecret, urlFormat),
    },
    'strayKey',
  ),
  ({ sdn_api_uri, sdn_api_url }, at) => {
    if (sdn_api_uri === null || sdn_api_url === null) return;
    at.report('ignored', {
      key: 'sdn_api_url',
      message: 'is ignored beside sdn_api_uri',
      advice: 'remove one of them',
    });
  },
);

/** Kept as text; the original stringified or dropped whatever stands here, so nothing can be an error. */
const looseText: Shape<string> = (value, at) => {
  const printed = value === null ? '' : printScalar(value);
  if (printed === null) {
    at.report('missedType', { message: `must be a scalar value, not ${nameOf(value)}`, advice: 'write a text' });
  }
  return printed ?? '';
};

const typedPlaces: ReadonlySet<string> = new Set(['clli', 'grid']);

/** The schema types two keys and lets every other be. */
const location: Shape<ReadonlyMap<string, string>> = (value, at) => {
  const places = mapOf(looseText);
  if (!(value instanceof Map)) return places(value, at);
  const typed = new Map([...value].filter(([key]) => typedPlaces.has(key as string)));
  const others = new Map([...value].filter(([key]) => !typedPlaces.has(key as string)));
  const read = new Map([...mapOf(textItem)(typed, at), ...places(others, at)]);
  return new Map([...value.keys()].flatMap((key) => (read.has(key) ? [[key, read.get(key) ?? ''] as const] : [])));
};

/** Reference 02 §3.2. */
export const rackShape = section({
  tor_switches: namedMapOf(torSwitch),
  location,
  local_networks: listOf(textItem),
  labels: mapOf(looseText),
});
