/**
 * Virtual seconds that pass before each phase is reached (05 §7.1 and the golden timelines of §21). Delays are
 * assumptions; a machine's `timeline` replaces single ones.
 */
export const phaseSeconds = {
  'power.command': 2,
  'enlist.pxe': 120,
  'enlist.ephemeral': 45,
  'enlist.register': 30,
  'commission.pxe': 120,
  'commission.ephemeral': 45,
  'commission.scripts': 45,
  'commission.testing': 120,
  'commission.finish': 40,
  'commission.power_off': 5,
  'deploy.pxe': 120,
  'deploy.ephemeral': 45,
  'deploy.storage': 47,
  'deploy.install': 30,
  'deploy.configure': 180,
  'deploy.reboot': 90,
  'deploy.local_boot': 125,
  'deploy.finish': 20,
  'erase.pxe': 123,
  'erase.ephemeral': 45,
  'erase.wipe': 30,
  'erase.finish': 6,
  'release.power_off': 10,
} as const;

/** The name of a point in a timeline. */
export type Phase = keyof typeof phaseSeconds;

/** The flows that a `hang` may name as a whole; it then stops at the flow's first phase. */
export const flows = ['enlist', 'commission', 'deploy', 'erase', 'release'] as const;

export type Flow = (typeof flows)[number];

/** True when a fault that names a flow or a phase means this phase. */
export function hangsAt(hang: Phase | Flow | undefined, phase: Phase): boolean {
  if (hang === undefined) return false;
  if (hang === phase) return true;
  const first = Object.keys(phaseSeconds).find((name) => name.startsWith(`${hang}.`));
  return first === phase;
}
