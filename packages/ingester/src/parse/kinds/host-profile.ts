import { listOf, mapOf } from '../shapes/containers.js';
import { formatted, macFormat } from '../shapes/format-shapes.js';
import { filled } from '../shapes/presence.js';
import { afterwards, section } from '../shapes/section.js';
import type { Shape } from '../shapes/shape.js';
import { scalarText, text, textEntry, textItem } from '../shapes/text-shapes.js';
import { nodeInterfaces, profileInterfaces } from './interfaces.js';
import { outOfBandShape } from './out-of-band.js';
import { storageShape } from './storage.js';

const metadata = section({
  tags: listOf(textItem),
  owner_data: mapOf(textEntry),
  rack: text,
  boot_mac: formatted(text, macFormat),
});

const hostFields = {
  host_profile: text,
  hardware_profile: text,
  primary_network: text,
  oob: outOfBandShape,
  storage: storageShape,
  platform: section({ image: text, kernel: text, kernel_params: mapOf(scalarText) }),
};

const addressList = listOf(section({ address: filled(text), network: filled(text) }, 'strayKey'));

type Addresses = ReturnType<typeof addressList>;

const addressing: Shape<Addresses> = (value, at) => {
  const addresses = addressList(value, at);
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    at.report('modelRequired', {
      message: 'must hold at least one address',
      advice: 'add a network and an address on it, or dhcp',
    });
  }
  return addresses;
};

/** Reference 02 §3.6. */
export const hostProfileShape = section({
  ...hostFields,
  interfaces: profileInterfaces,
  metadata: afterwards(metadata, ({ boot_mac }, at) => {
    if (boot_mac === null) return;
    at.report('ignored', {
      key: 'boot_mac',
      message: 'is ignored in a host profile',
      advice: 'write it in the node that has this MAC address',
    });
  }),
});

/** Reference 02 §3.6 and §3.9: a host profile of its own, with addresses. */
export const baremetalNodeShape = section({ ...hostFields, interfaces: nodeInterfaces, metadata, addressing });
