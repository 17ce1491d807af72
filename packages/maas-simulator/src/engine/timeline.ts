import type { Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import type { StatusCode } from '../world/machine-status.js';
import type { World } from '../world/world.js';
import { hangsAt, phaseSeconds, type Phase } from './phases.js';
import { restartExpiry } from './status-moves.js';

/** One point of a timeline. */
export interface Stage {
  readonly phase: Phase;
  /** The machine must be in one of these, or the timeline ends here. Absent: any, also unknown to MAAS. */
  readonly during?: readonly StatusCode[];
  /** What happens when the point is reached; `'stop'` ends the timeline. */
  readonly reach: (world: World, hardware: Hardware, machine: Machine | undefined) => 'stop' | void;
}

/** Virtual seconds before a phase, of this machine. */
export function phaseDelay(hardware: Hardware, phase: Phase): number {
  return hardware.spec.timeline?.[phase] ?? phaseSeconds[phase];
}

/** Walks a timeline. A change of power, of status, or a hang ends it without a word, as on metal. */
export function runTimeline(world: World, hardware: Hardware, stages: readonly Stage[]): void {
  const generation = hardware.bootGeneration;
  const walk = (index: number): void => {
    const stage = stages[index];
    if (stage === undefined) return;
    world.clock.schedule(phaseDelay(hardware, stage.phase), () => {
      if (hardware.bootGeneration !== generation || hangsAt(hardware.faults.hang, stage.phase)) return;
      const machine = hardware.systemId === null ? undefined : world.machines.get(hardware.systemId);
      if (stage.during !== undefined && !(machine !== undefined && stage.during.includes(machine.status))) return;
      if (machine !== undefined) {
        machine.revision++;
        restartExpiry(world, machine);
      }
      if (stage.reach(world, hardware, machine) !== 'stop') walk(index + 1);
    });
  };
  walk(0);
}
