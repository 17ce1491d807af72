import type { OobInput, OutOfBand } from '@drydock/model';
import { defaultOobConfig, type RedfishConfig } from '../src/index.js';
import { password } from './fake-bmc.js';

export function oobInput(endpoint: { address: string; port: number }, oob: Partial<OutOfBand> = {}): OobInput {
  return {
    nodeName: 'n01',
    bootMac: null,
    oob: {
      type: 'redfish',
      network: 'oob',
      account: 'root',
      credential: password,
      scheme: 'http',
      parameters: {},
      ...endpoint,
      ...oob,
    },
  };
}

export function redfishConfig(config: Partial<RedfishConfig> = {}): RedfishConfig {
  return { ...defaultOobConfig.redfish, isAddressAllowed: (address) => address.startsWith('127.'), ...config };
}
