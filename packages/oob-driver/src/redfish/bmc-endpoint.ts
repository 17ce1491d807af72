import { isIPv6 } from 'node:net';
import type { OobInput } from '@drydock/model';
import type { RedfishConfig } from '../oob-config.js';
import { BmcRefusal } from './bmc-refusal.js';

export interface BmcEndpoint {
  readonly nodeName: string;
  /** `https://10.0.0.1:443` */
  readonly origin: string;
  /** For messages. */
  readonly place: string;
  readonly account: string;
  readonly credential: string;
  /** Id, name or UUID of the system when the BMC has several. */
  readonly systemName: string | null;
}

const defaultPorts = { http: 80, https: 443 } as const;

/** @throws BmcRefusal when the design does not say enough, or names an address that is not allowed */
export function bmcEndpoint({ nodeName, oob }: OobInput, config: RedfishConfig): BmcEndpoint {
  const address = wanted(nodeName, 'an address on its out-of-band network', oob.address);
  const account = wanted(nodeName, 'oob.account', oob.account);
  const credential = wanted(nodeName, 'oob.credential', oob.credential);
  if (!config.isAddressAllowed(address)) {
    throw new BmcRefusal(
      'invalid_design',
      `node ${nodeName}: the BMC address ${address} is not allowed here; correct the design, or the addresses that this installation may reach`,
    );
  }
  const scheme = oob.scheme ?? 'https';
  const host = isIPv6(address) ? `[${address}]` : address;
  const place = `${host}:${oob.port ?? defaultPorts[scheme]}`;
  return {
    nodeName,
    origin: `${scheme}://${place}`,
    place,
    account,
    credential,
    systemName: oob.parameters['system'] ?? null,
  };
}

function wanted(nodeName: string, what: string, value: string | null): string {
  if (value !== null && value !== '') return value;
  throw new BmcRefusal('invalid_design', `node ${nodeName}: the design lacks ${what}; add it to reach the BMC`);
}
