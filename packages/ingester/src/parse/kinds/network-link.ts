import { labelText, oneOf, text, wholeNumber } from '../shapes/scalars.js';
import { listOf, mapOf, required, section } from '../shapes/containers.js';

/** Reference 02 §3.3. */
export const networkLinkShape = section({
  bonding: section({
    mode: oneOf(['disabled', '802.3ad', 'balance-rr', 'active-backup'], 'value'),
    hash: text,
    peer_rate: text,
    mon_rate: wholeNumber,
    up_delay: wholeNumber,
    down_delay: wholeNumber,
  }),
  mtu: wholeNumber,
  linkspeed: text,
  trunking: section({ mode: oneOf(['disabled', '802.1q'], 'value'), default_network: text }),
  allowed_networks: required(listOf((value, at) => text(value, at) ?? '')),
  labels: mapOf(labelText),
});
