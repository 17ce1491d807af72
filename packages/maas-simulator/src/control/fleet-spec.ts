import type { Flow, Phase } from '../engine/phases.js';

/** How often a failure happens: a number of times, or always. */
export type FaultCount = number | 'always';

/** What is wrong with one machine. */
export interface Faults {
  /** The BMC does not answer, neither to MAAS nor to anybody else. */
  readonly bmcDown?: boolean;
  readonly failCommission?: FaultCount;
  readonly failDeploy?: FaultCount;
  /** A phase that is never reached, or a flow that never begins. */
  readonly hang?: Phase | Flow;
  /** Every disk has at most this many bytes (true = 4 GB), as seen by the next commissioning. */
  readonly smallDisk?: boolean | number;
}

/** Where and how a machine's BMC answers. */
export interface BmcSpec {
  /** redfish answers HTTP; ipmi and manual have no wire, ipmi has MAAS power and the 5 s interlock. */
  readonly kind?: 'redfish' | 'ipmi' | 'manual';
  readonly address: string;
  /** 0 = any free port; the fleet view tells which. */
  readonly port?: number;
  readonly scheme?: 'http' | 'https';
  readonly username?: string;
  readonly password?: string;
}

/** A network card and the switch port that it is wired to. */
export interface NicSpec {
  readonly name: string;
  readonly macAddress: string;
  /** As lshw prints it: `pci@0000:00:03.0`. */
  readonly busInfo: string;
  /** The VLAN of this subnet, if MAAS has it by then. */
  readonly cidr?: string;
  /** Else the VLAN `vid` of the fabric of this name. */
  readonly fabric?: string;
  readonly vid?: number;
  readonly speedMbps?: number;
  readonly boot?: boolean;
}

/** A disk. */
export interface DiskSpec {
  readonly name: string;
  readonly sizeBytes: number;
  /** As lshw prints it: `scsi@2:0.0.0`. */
  readonly busInfo: string;
  readonly model?: string;
  readonly serial?: string;
  readonly rotational?: boolean;
  readonly blockSizeBytes?: number;
}

/** One physical machine. */
export interface MachineSpec {
  readonly name: string;
  readonly bmc: BmcSpec;
  readonly nics: readonly NicSpec[];
  readonly disks: readonly DiskSpec[];
  readonly cpuCount?: number;
  readonly memoryMib?: number;
  readonly bootMode?: 'bios' | 'uefi';
  readonly architecture?: string;
  /** What MAAS knows at the start. */
  readonly initial?: 'unknown' | 'new' | 'ready';
  readonly faults?: Faults;
  readonly timeline?: Partial<Record<Phase, number>>;
}

/** A network card of a rack controller. */
export interface RackInterfaceSpec {
  readonly name: string;
  readonly macAddress?: string;
  readonly cidr?: string;
  readonly address?: string;
  readonly fabric?: string;
  readonly vid?: number;
  /** DHCP is already served on this VLAN by this rack. */
  readonly dhcp?: boolean;
}

/** A rack controller. */
export interface RackSpec {
  readonly hostname: string;
  readonly systemId?: string;
  readonly services?: Readonly<Record<string, string>>;
  readonly interfaces?: readonly RackInterfaceSpec[];
}

/** What stands in the racks. */
export interface FleetSpec {
  readonly machines?: readonly MachineSpec[];
  readonly racks?: readonly RackSpec[];
}
