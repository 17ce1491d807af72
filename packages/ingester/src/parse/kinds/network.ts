import { listOf, mapOf } from '../shapes/containers.js';
import { addressFormat, cidrFormat, formatted } from '../shapes/format-shapes.js';
import { wholeNumber } from '../shapes/number-shapes.js';
import { required } from '../shapes/presence.js';
import { section } from '../shapes/section.js';
import { labelText, text } from '../shapes/text-shapes.js';

const address = formatted(text, addressFormat);

/** Reference 02 §3.4. */
export const networkShape = section({
  cidr: required(text),
  vlan: text,
  mtu: wholeNumber,
  routedomain: text,
  ranges: listOf(section({ type: text, start: address, end: address })),
  routes: listOf(
    section({ subnet: formatted(text, cidrFormat), gateway: address, metric: wholeNumber, routedomain: text }),
  ),
  dns: section({ domain: text, servers: text }),
  dhcp_relay: section({ self_ip: address, upstream_target: address }),
  labels: mapOf(labelText),
});
