import type { Timer } from '../clock/virtual-clock.js';
import { refuse } from '../maas/refusal.js';
import type { Machine } from '../world/machine.js';
import { allowedMoves, status, statusNames, type StatusCode } from '../world/machine-status.js';
import { logEvent, type World } from '../world/world.js';

/** Minutes without a sign of life, and what the machine then becomes (05 §6.3). */
const expiries: Partial<Record<StatusCode, { readonly minutes: number; readonly becomes: StatusCode }>> = {
  [status.commissioning]: { minutes: 30, becomes: status.failedCommissioning },
  [status.deploying]: { minutes: 30, becomes: status.failedDeployment },
  [status.releasing]: { minutes: 5, becomes: status.releasingFailed },
  [status.testing]: { minutes: 30, becomes: status.failedTesting },
};

const timers = new WeakMap<Machine, Timer>();

/** Moves a machine to a status that may follow its own; 409 otherwise. */
export function moveTo(world: World, machine: Machine, next: StatusCode): void {
  const { status: current } = machine;
  if (current === next) return;
  if (!allowedMoves[current].includes(next)) {
    throw refuse.state(`Invalid transition: ${statusNames[current]} -> ${statusNames[next]}.`);
  }
  forceStatus(world, machine, next);
}

/** Sets a status whatever came before: for reverts, which MAAS does not check either. */
export function forceStatus(world: World, machine: Machine, next: StatusCode): void {
  const description = `From '${statusNames[machine.status]}' to '${statusNames[next]}'`;
  logEvent(world, machine, 'DEBUG', { type: 'Node changed status', description });
  machine.previousStatus = machine.status;
  machine.status = next;
  machine.revision++;
  restartExpiry(world, machine);
}

/** A sign of life: the time until the operation counts as dead begins anew. */
export function restartExpiry(world: World, machine: Machine): void {
  timers.get(machine)?.cancel();
  const expiry = expiries[machine.status];
  if (expiry === undefined) return;
  const { minutes, becomes } = expiry;
  const name = statusNames[machine.status];
  const timer = world.clock.scheduleDeadline(minutes * 60, () => {
    markFailed(world, machine, becomes, `Node operation '${name}' timed out after ${minutes} minutes.`);
  });
  timers.set(machine, timer);
}

/** Ends an operation badly, with the reason where an operator looks for it. */
export function markFailed(world: World, machine: Machine, becomes: StatusCode, reason: string): void {
  if (becomes === status.failedCommissioning) machine.owner = '';
  forceStatus(world, machine, becomes);
  machine.errorDescription = reason;
  logEvent(world, machine, 'ERROR', { type: 'Marking node failed', description: reason });
}

/** No more expiry for a machine that is gone. */
export function forgetExpiry(machine: Machine): void {
  timers.get(machine)?.cancel();
}
