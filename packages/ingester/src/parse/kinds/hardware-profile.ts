import { oneOf } from '../shapes/choice-shape.js';
import { mapOf, namedMapOf } from '../shapes/containers.js';
import { uncheckedNumber, wholeNumber } from '../shapes/number-shapes.js';
import { required } from '../shapes/presence.js';
import { section } from '../shapes/section.js';
import type { Shape } from '../shapes/shape.js';
import { text, textEntry, uncheckedText } from '../shapes/text-shapes.js';

const refusedByModel = { absent: 'modelRequired', none: 'modelRequired' } as const;

const pageCount: Shape<number | null> = (value, at) => {
  const count = uncheckedNumber(value, at);
  if (count !== null && count < 0) {
    at.report('modelValue', { message: 'must not be negative', advice: 'write how many pages there are' });
  }
  return count;
};

/** What stands in these was never checked against a schema, but the model wants some of it (reference 02 §3.5). */
const deviceAlias = section(
  {
    address: required(uncheckedText, refusedByModel),
    bus_type: required(uncheckedText, refusedByModel),
    dev_type: uncheckedText,
  },
  'strayKey',
);

const hugePages = section(
  { size: required(uncheckedText, refusedByModel), count: required(pageCount, refusedByModel) },
  'strayKey',
);

/** Reference 02 §3.5. */
export const hardwareProfileShape = section({
  vendor: text,
  generation: text,
  hw_version: text,
  bios_version: text,
  boot_mode: oneOf(['bios', 'uefi']),
  bootstrap_protocol: oneOf(['pxe', 'usb', 'hdd']),
  pxe_interface: wholeNumber,
  device_aliases: namedMapOf(deviceAlias),
  cpu_sets: mapOf(textEntry),
  hugepages: namedMapOf(hugePages),
});
