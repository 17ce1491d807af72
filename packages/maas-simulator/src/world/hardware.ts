import type { Faults, MachineSpec } from '../control/fleet-spec.js';

/** The metal: what is true whether or not MAAS knows it. */
export interface Hardware {
  readonly spec: MachineSpec;
  readonly uuid: string;
  faults: Faults;
  isPoweredOn: boolean;
  /** What the BMC shows while a power command takes its time. */
  powerTransition: 'PoweringOn' | 'PoweringOff' | null;
  bootOverride: 'None' | 'Pxe' | 'Hdd' | 'Cd' | 'BiosSetup';
  bootOverrideEnabled: 'Disabled' | 'Once' | 'Continuous';
  hasInstalledSystem: boolean;
  /** The machine that MAAS made of it, if any. */
  systemId: string | null;
  /** Grows with every change of power: what an earlier boot had planned no longer happens. */
  bootGeneration: number;
  /** Grows with every visible change of the BMC: its ETag. */
  revision: number;
  /** The port that the BMC really listens on. */
  bmcPort: number;
  /** Who commanded the BMC last, and when, for the IPMI interlock. */
  lastCommand: { readonly controller: string; readonly atSeconds: number } | null;
}

/** Hardware as it comes out of the box: off, blank disk, unknown to everybody. */
export function unbox(spec: MachineSpec, uuid: string): Hardware {
  return {
    spec,
    uuid,
    faults: spec.faults ?? {},
    isPoweredOn: false,
    powerTransition: null,
    bootOverride: 'None',
    bootOverrideEnabled: 'Disabled',
    hasInstalledSystem: false,
    systemId: null,
    bootGeneration: 0,
    revision: 1,
    bmcPort: spec.bmc.port ?? 0,
    lastCommand: null,
  };
}

/** Four gigabytes: too small for any design, large enough for MAAS's own default layout. */
const smallDiskBytes = 4_000_000_000;

/** The size of a disk as commissioning finds it. */
export function visibleDiskBytes(hardware: Hardware, sizeBytes: number): number {
  const { smallDisk } = hardware.faults;
  if (smallDisk === undefined || smallDisk === false) return sizeBytes;
  return Math.min(sizeBytes, smallDisk === true ? smallDiskBytes : smallDisk);
}

/** Takes one of a counted fault; true when it strikes. */
export function takeFault(hardware: Hardware, fault: 'failCommission' | 'failDeploy'): boolean {
  const count = hardware.faults[fault];
  if (count === undefined || count === 0) return false;
  if (count !== 'always') hardware.faults = { ...hardware.faults, [fault]: count - 1 };
  return true;
}
