import { labelText, looseText, text } from '../shapes/scalars.js';
import { listOf, mapOf, section } from '../shapes/containers.js';

/** Reference 02 §3.2. The bodies of switches were never checked; `sdn_api_url` is a spelling that the original read. */
export const rackShape = section({
  tor_switches: mapOf(section({ mgmt_ip: looseText, sdn_api_uri: looseText, sdn_api_url: looseText }, 'advised')),
  location: mapOf((value, at) => looseText(value, at) ?? ''),
  local_networks: listOf((value, at) => text(value, at) ?? ''),
  labels: mapOf(labelText),
});
