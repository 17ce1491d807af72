import type { Machine } from '../world/machine.js';
import { status } from '../world/machine-status.js';
import { hardwareOf, logEvent, type World } from '../world/world.js';
import { finishRelease } from './finish-release.js';
import { maasPower } from './power.js';
import { forceStatus } from './status-moves.js';
import { switchOff } from './switch-off.js';
import { runTimeline, type Stage } from './timeline.js';

const releaseStages: readonly Stage[] = [
  {
    phase: 'release.power_off',
    during: [status.releasing],
    reach: (world, hardware, machine) => {
      switchOff(world, hardware);
      if (machine !== undefined) finishRelease(world, machine);
    },
  },
];

/** Release without erasing: power off, then Ready; at once when there is no power to switch off. */
export async function beginRelease(world: World, machine: Machine): Promise<void> {
  const hardware = hardwareOf(world, machine);
  const isPowered = machine.powerType !== '' && machine.powerType !== 'manual' && hardware?.isPoweredOn === true;
  if (!isPowered) {
    finishRelease(world, machine);
    return;
  }
  forceStatus(world, machine, status.releasing);
  logEvent(world, machine, 'INFO', { type: 'Releasing' });
  await maasPower(world, machine, 'off');
  runTimeline(world, hardware, releaseStages);
}
