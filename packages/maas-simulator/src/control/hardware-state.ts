import type { Hardware } from '../world/hardware.js';
import type { Faults } from './fleet-spec.js';

/** One machine of the fleet, as metal. */
export interface HardwareState {
  readonly name: string;
  readonly systemId: string | null;
  readonly power: 'on' | 'off';
  readonly bootOverride: string;
  readonly bootOverrideEnabled: string;
  readonly faults: Faults;
  readonly bmc: {
    readonly kind: string;
    readonly address: string;
    /** The port in use. */
    readonly port: number;
    readonly scheme: string;
  };
}

export function hardwareState(hardware: Hardware): HardwareState {
  const { bmc, name } = hardware.spec;
  return {
    name,
    systemId: hardware.systemId,
    power: hardware.isPoweredOn ? 'on' : 'off',
    bootOverride: hardware.bootOverride,
    bootOverrideEnabled: hardware.bootOverrideEnabled,
    faults: hardware.faults,
    bmc: { kind: bmc.kind ?? 'redfish', address: bmc.address, port: hardware.bmcPort, scheme: bmc.scheme ?? 'http' },
  };
}
