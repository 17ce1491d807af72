export { startSimulator, type Simulator, type SimulatorOptions } from './simulator.js';
export { SimulatorControl, type ClockState } from './control/simulator-control.js';
export type {
  BmcSpec,
  DiskSpec,
  FaultCount,
  Faults,
  FleetSpec,
  MachineSpec,
  NicSpec,
  RackInterfaceSpec,
  RackSpec,
} from './control/fleet-spec.js';
export type { HardwareState } from './control/hardware-state.js';
export type {
  BlockDeviceState,
  FilesystemState,
  InterfaceState,
  LinkState,
  MaasMachineState,
  MachineState,
  VolumeGroupState,
} from './control/machine-state.js';
export type { RequestCounts } from './journal/journal.js';
export type { JournalEntry, JournalFilter } from './journal/journal-entry.js';
export type { User } from './maas/call.js';
export type { Image } from './world/initial-site.js';
export { phaseSeconds, type Flow, type Phase } from './engine/phases.js';
export { statusNames, type StatusCode } from './world/machine-status.js';
