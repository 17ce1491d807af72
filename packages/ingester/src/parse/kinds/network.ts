import { labelText, text, wholeNumber } from '../shapes/scalars.js';
import { listOf, mapOf, required, section } from '../shapes/containers.js';

/** Reference 02 §3.4. */
export const networkShape = section({
  cidr: required(text),
  vlan: text,
  mtu: wholeNumber,
  routedomain: text,
  ranges: listOf(section({ type: text, start: text, end: text })),
  routes: listOf(section({ subnet: text, gateway: text, metric: wholeNumber, routedomain: text })),
  dns: section({ domain: text, servers: text }),
  dhcp_relay: section({ self_ip: text, upstream_target: text }),
  labels: mapOf(labelText),
});
