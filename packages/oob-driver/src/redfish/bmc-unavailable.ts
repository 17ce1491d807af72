import { DrydockError } from '@drydock/model';
import type { BmcEndpoint } from './bmc-endpoint.js';

/** Could not find out: the step tries again until its deadline. The cause is told in words only, for got's errors hold the request. */
export function bmcUnavailable(endpoint: BmcEndpoint, cause: string): DrydockError {
  return new DrydockError(
    'bmc_unavailable',
    `the BMC of node ${endpoint.nodeName} at ${endpoint.place} cannot be used: ${cause}; ` +
      'check its power, the address, oob.port and oob.scheme in the design, the network between, and for TLS the configured authorities',
  );
}
