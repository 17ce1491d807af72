import { flag, labelText, scalarText, text, wholeNumber } from '../shapes/scalars.js';
import { listOf, mapOf, mappingOf, nullable, optional, required, section } from '../shapes/containers.js';
import type { Shape } from '../shapes/shape.js';
import { storageShape } from './storage.js';

const textItem: Shape<string> = (value, at) => text(value, at) ?? '';

/** Null is the documented marker that removes an inherited interface (reference 02 §3.8, §9). */
const interfaces = mapOf(
  nullable(
    section(
      {
        device_link: text,
        slaves: listOf(textItem),
        networks: listOf(textItem),
        sriov: optional(section({ vf_count: wholeNumber, trustedmode: flag, trustmode: flag }, 'advised')),
        labels: mapOf(labelText),
      },
      'advised',
    ),
  ),
);

interface OobBody {
  readonly type: string | null;
  /** Every other key of the stanza. */
  readonly parameters: ReadonlyMap<string, string>;
}

const checkedOobKeys: ReadonlySet<unknown> = new Set(['network', 'account', 'credential']);

const oob: Shape<OobBody> = (value, at) => {
  const map = mappingOf(value, at);
  const parameters = new Map<string, string>();
  for (const [key, item] of map) {
    if (key === 'type') continue;
    if (typeof key !== 'string') at.report('value', `has a key that is no string: ${String(key)}; quote it`);
    else parameters.set(key, checkedOobKeys.has(key) ? textItem(item, at.in(key)) : scalarText(item, at.in(key)));
  }
  return { type: text(map.get('type'), at.in('type')), parameters };
};

const hostFields = {
  host_profile: text,
  hardware_profile: text,
  primary_network: text,
  oob,
  storage: storageShape,
  platform: section({ image: text, kernel: text, kernel_params: mapOf(scalarText) }),
  metadata: section({ tags: listOf(textItem), owner_data: mapOf(textItem), rack: text, boot_mac: text }),
  interfaces,
};

const addressing = listOf(section({ address: required(text), network: required(text) }, 'advised'));

/** Reference 02 §3.6. */
export const hostProfileShape = section(hostFields);

/** Reference 02 §3.6 and §3.9: a host profile of its own, with addresses. */
export const baremetalNodeShape = section({
  ...hostFields,
  addressing: (value, at) => {
    const addresses = addressing(value, at);
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      at.report('value', 'must hold at least one address');
    }
    return addresses;
  },
});
