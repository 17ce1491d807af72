import { looseNumber, looseText, oneOf, text, wholeNumber } from '../shapes/scalars.js';
import { mapOf, required, section } from '../shapes/containers.js';

/** Reference 02 §3.5. */
export const hardwareProfileShape = section({
  vendor: text,
  generation: text,
  hw_version: text,
  bios_version: text,
  boot_mode: oneOf(['bios', 'uefi']),
  bootstrap_protocol: oneOf(['pxe', 'usb', 'hdd']),
  pxe_interface: wholeNumber,
  device_aliases: mapOf(
    section({ address: required(looseText), bus_type: required(looseText), dev_type: looseText }, 'allowed'),
  ),
  cpu_sets: mapOf((value, at) => text(value, at) ?? ''),
  hugepages: mapOf(
    section(
      {
        size: required(looseText),
        count: (value, at) => {
          const count = required(looseNumber)(value, at);
          if (count !== null && count < 0) at.report('value', 'must not be negative');
          return count;
        },
      },
      'advised',
    ),
  ),
});
