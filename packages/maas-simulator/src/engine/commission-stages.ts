import { takeFault, type Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import { logEvent, type World } from '../world/world.js';
import { discoverHardware } from './discover-hardware.js';
import { endScripts, startCommissioningScripts, startScripts } from './script-runs.js';
import { forceStatus, markFailed, moveTo } from './status-moves.js';
import { switchOff } from './switch-off.js';
import type { Stage } from './timeline.js';

const commissioning = [status.commissioning];

/** From the network boot of a commissioning machine to Ready (05 §7.1, golden timeline §21.1). */
export const commissionStages: readonly Stage[] = [
  { phase: 'commission.pxe', during: commissioning, reach: info('Performing PXE boot') },
  { phase: 'commission.ephemeral', during: commissioning, reach: info('Loading ephemeral') },
  { phase: 'commission.scripts', during: commissioning, reach: gather },
  { phase: 'commission.testing', during: commissioning, reach: endOfScripts },
  { phase: 'commission.finish', during: [status.commissioning, status.testing], reach: finish },
  { phase: 'commission.power_off', reach: powerOff },
];

function info(type: string): Stage['reach'] {
  return (world, _hardware, machine) => {
    if (machine !== undefined) logEvent(world, machine, 'INFO', { type });
  };
}

function gather(world: World, _hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  startCommissioningScripts(world, machine);
  logEvent(world, machine, 'INFO', { type: 'Gathering information' });
}

function endOfScripts(world: World, hardware: Hardware, machine: Machine | undefined): 'stop' | void {
  if (machine === undefined) return 'stop';
  if (takeFault(hardware, 'failCommission')) {
    endScripts(machine, 'commissioning', {
      name: '50-maas-01-commissioning',
      reason: 'simulated fault failCommission',
    });
    markFailed(world, machine, status.failedCommissioning, 'Commissioning script 50-maas-01-commissioning failed');
    switchOff(world, hardware);
    return 'stop';
  }
  discoverHardware(world, machine, hardware);
  endScripts(machine, 'commissioning');
  if (!machine.commissioning.isTesting) return;
  startScripts(world, machine, 'testing', ['smartctl-validate']);
  forceStatus(world, machine, status.testing);
  logEvent(world, machine, 'INFO', { type: 'Testing' });
}

function finish(world: World, _hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  endScripts(machine, 'testing');
  machine.owner = '';
  machine.errorDescription = '';
  machine.wasCommissioned = true;
  moveTo(world, machine, status.ready);
  logEvent(world, machine, 'INFO', { type: 'Ready' });
}

function powerOff(world: World, hardware: Hardware, machine: Machine | undefined): void {
  if (machine?.commissioning.keepPower === true || hardware.faults.bmcDown === true) return;
  switchOff(world, hardware);
}
