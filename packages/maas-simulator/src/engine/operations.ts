import { refuse } from '../maas/refusal.js';
import { clearStorage } from '../storage/layouts.js';
import type { Machine } from '../world/machine.js';
import { mayRun, status, statusNames, type StatusCode } from '../world/machine-status.js';
import { hardwareOf, logEvent, type World } from '../world/world.js';
import { claimAutomaticAddresses } from '../network/claim-addresses.js';
import { freeAutomaticAddresses } from './finish-release.js';
import { clearNetwork } from './initial-network.js';
import { maasPower, PowerFailure } from './power.js';
import { beginRelease } from './release.js';
import { abortScripts, startScripts } from './script-runs.js';
import { forceStatus, moveTo } from './status-moves.js';
import { switchOff } from './switch-off.js';

export interface CommissionRequest {
  readonly owner: string;
  readonly keepPower: boolean;
  readonly skipStorage: boolean;
  readonly skipNetworking: boolean;
  readonly isTesting: boolean;
}

export interface DeployRequest {
  readonly owner: string;
  readonly distroSeries: string;
  readonly hweKernel: string;
  readonly userData: string | null;
  readonly ephemeral: boolean;
}

/** Commissioning: the state is committed, then the machine is power-cycled within the same request (05 §6.3). */
export async function commission(world: World, machine: Machine, request: CommissionRequest): Promise<Machine> {
  const before = machine.status;
  machine.owner = request.owner;
  machine.commissioning = { ...request };
  if (!request.skipStorage) clearStorage(machine);
  if (!request.skipNetworking) clearNetwork(machine);
  moveTo(world, machine, status.commissioning);
  logEvent(world, machine, 'INFO', { type: 'Commissioning' });
  await powerOrRevert(world, machine, () => {
    machine.owner = '';
    forceStatus(world, machine, before);
  });
  return machine;
}

/** Deploy of a machine that is allocated to the caller, or Ready, which it then acquires. */
export async function deploy(world: World, machine: Machine, request: DeployRequest): Promise<Machine> {
  if (machine.status === status.ready) {
    machine.owner = request.owner;
    moveTo(world, machine, status.allocated);
  }
  claimAutomaticAddresses(world, machine);
  machine.osystem = 'ubuntu';
  machine.distroSeries = request.distroSeries;
  machine.hweKernel = request.hweKernel;
  machine.userData = request.userData;
  machine.ephemeralDeploy = request.ephemeral;
  machine.netboot = true;
  moveTo(world, machine, status.deploying);
  logEvent(world, machine, 'INFO', { type: 'Deploying' });
  const revert = () => {
    freeAutomaticAddresses(machine);
    forceStatus(world, machine, status.allocated);
  };
  if (world.version === '3.6' || world.version === '3.7') {
    powerInBackground(world, machine, revert);
  } else {
    await powerOrRevert(world, machine, revert);
  }
  return machine;
}

/** Release, with or without erasing; in Ready and Releasing there is nothing to do. */
export async function release(world: World, machine: Machine, erase: boolean): Promise<Machine> {
  if (mayRun('releaseNothingToDo', machine.status)) return machine;
  if (!mayRun('release', machine.status)) {
    throw refuse.state(`Machine cannot be released in its current state ('${statusNames[machine.status]}').`);
  }
  if (erase) {
    startScripts(world, machine, 'release', ['wipe-disks']);
    moveTo(world, machine, status.diskErasing);
    await powerOrRevert(world, machine, () => {
      abortScripts(machine);
      forceStatus(world, machine, status.failedDiskErasing);
    });
    return machine;
  }
  const before = machine.status;
  try {
    await beginRelease(world, machine);
  } catch (error) {
    throw revertAfter(error, () => forceStatus(world, machine, before));
  }
  return machine;
}

const abortTargets: Partial<Record<StatusCode, StatusCode>> = {
  [status.commissioning]: status.new,
  [status.deploying]: status.allocated,
  [status.testing]: status.ready,
  [status.diskErasing]: status.failedDiskErasing,
};

/** Stops what runs and switches the machine off. */
export function abort(world: World, machine: Machine): Machine {
  const next = abortTargets[machine.status];
  if (next === undefined) {
    const name = statusNames[machine.status];
    throw refuse.state(`Cannot abort in current state: node ${machine.systemId} is in state ${name}.`);
  }
  if (machine.status === status.commissioning) machine.owner = '';
  if (machine.status === status.deploying) freeAutomaticAddresses(machine);
  abortScripts(machine);
  forceStatus(world, machine, next);
  logEvent(world, machine, 'INFO', { type: 'Aborted' });
  const hardware = hardwareOf(world, machine);
  if (hardware !== undefined && hardware.faults.bmcDown !== true) switchOff(world, hardware);
  return machine;
}

/** A failing BMC undoes the state and answers 500 in plain text (04 §15.5). */
async function powerOrRevert(world: World, machine: Machine, revert: () => void): Promise<void> {
  const isOn = hardwareOf(world, machine)?.isPoweredOn === true;
  try {
    await maasPower(world, machine, isOn ? 'cycle' : 'on');
    logEvent(world, machine, 'DEBUG', { type: isOn ? 'Power cycling' : 'Powering on' });
  } catch (error) {
    throw revertAfter(error, revert);
  }
}

function revertAfter(error: unknown, revert: () => void): unknown {
  if (!(error instanceof PowerFailure)) return error;
  revert();
  return refuse.text(500, error.message);
}

/** From 3.6 on the power command runs after the answer; its failure shows later. */
function powerInBackground(world: World, machine: Machine, revert: () => void): void {
  world.clock.schedule(0, () => {
    powerOrRevert(world, machine, revert).catch((error: unknown) => {
      const description = error instanceof Error ? error.message : String(error);
      logEvent(world, machine, 'ERROR', { type: 'Failed to power on node', description });
    });
  });
}
