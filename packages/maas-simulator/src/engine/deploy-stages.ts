import { takeFault, type Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import { logEvent, type World } from '../world/world.js';
import { startScripts } from './script-runs.js';
import { markFailed, moveTo } from './status-moves.js';
import type { Stage } from './timeline.js';

const deploying = [status.deploying];

/** From the network boot of a deploying machine to Deployed (05 §7.1, golden timeline §21.2). */
export const deployStages: readonly Stage[] = [
  { phase: 'deploy.pxe', during: deploying, reach: info('Performing PXE boot') },
  { phase: 'deploy.ephemeral', during: deploying, reach: info('Loading ephemeral') },
  { phase: 'deploy.storage', during: deploying, reach: configureStorage },
  { phase: 'deploy.install', during: deploying, reach: info('Installing OS') },
  { phase: 'deploy.configure', during: deploying, reach: configureSystem },
  { phase: 'deploy.reboot', during: deploying, reach: info('Rebooting') },
  { phase: 'deploy.local_boot', during: deploying, reach: info('Performing PXE boot') },
  { phase: 'deploy.finish', during: deploying, reach: finish },
];

function info(type: string): Stage['reach'] {
  return (world, _hardware, machine) => {
    if (machine !== undefined) logEvent(world, machine, 'INFO', { type });
  };
}

function configureStorage(world: World, _hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  startScripts(world, machine, 'installation', ['/tmp/install.log']);
  logEvent(world, machine, 'INFO', { type: 'Configuring storage' });
}

function configureSystem(world: World, hardware: Hardware, machine: Machine | undefined): 'stop' | void {
  if (machine === undefined) return 'stop';
  if (takeFault(hardware, 'failDeploy')) {
    endInstallation(machine, 'curtin: Installation failed with exception: simulated fault failDeploy');
    const reason = 'Installation failed (refer to the installation log for more information).';
    markFailed(world, machine, status.failedDeployment, reason);
    return 'stop';
  }
  endInstallation(machine);
  logEvent(world, machine, 'INFO', { type: 'Configuring OS' });
}

function finish(world: World, hardware: Hardware, machine: Machine | undefined): void {
  if (machine === undefined) return;
  hardware.hasInstalledSystem = true;
  machine.netboot = false;
  machine.errorDescription = '';
  moveTo(world, machine, status.deployed);
  logEvent(world, machine, 'INFO', { type: 'Deployed' });
  const [architecture = 'amd64'] = machine.architecture.split('/');
  const description = `deployed ${machine.osystem}/${architecture}/${machine.distroSeries}`;
  logEvent(world, machine, 'INFO', { type: 'Image Deployed', description });
}

function endInstallation(machine: Machine, failure?: string): void {
  const set = machine.scriptSets.findLast((candidate) => candidate.type === 'installation');
  const devices = machine.blockDevices.map((device) => `curtin: block-meta ${device.name} ${device.sizeBytes} bytes`);
  const lines = [
    `curtin: installing ${machine.osystem}/${machine.distroSeries} kernel ${machine.hweKernel ?? ''} on ${machine.hostname}`,
    ...devices,
    failure ?? 'curtin: Installation finished.',
    '',
  ];
  for (const result of set?.results ?? []) {
    result.status = failure === undefined ? 2 : 3;
    result.exitStatus = failure === undefined ? 0 : 1;
    result.stdout = lines.join('\n');
    result.endedMs = Date.now();
  }
}
