import type { Progress } from '@drydock/model';
import type { RedfishConfig } from '../oob-config.js';
import type { SystemResource } from './resources.js';

export interface BootProgress extends Progress {
  readonly format: 1;
  /** Requests that the BMC accepted. */
  readonly writes: number;
  /** Looks since the last one. */
  readonly looks: number;
  /** The BMC refuses to have the mode written. */
  readonly isWithoutMode: boolean;
  /** Which form of If-Match is next. */
  readonly etagForm: number;
  readonly taskLink: string | null;
}

export const bootAtFirst: BootProgress = {
  format: 1,
  writes: 0,
  looks: 0,
  isWithoutMode: false,
  etagForm: 0,
  taskLink: null,
};

export type BootDecision = 'set' | 'not_verifiable' | 'write' | 'look_again' | 'not_verified';

const mostWrites = 3;

/** What to do next. A BMC that clears or hides the flag is believed after a second look (reference 04 R-42). */
export function decideBoot(boot: SystemResource['boot'], mode: string | null, progress: BootProgress): BootDecision {
  if (isPxeOnce(boot) && (mode === null || boot.mode === null || boot.mode === mode)) return 'set';
  if (progress.writes === 0) return 'write';
  if (boot.target === 'Pxe' && boot.enabled === 'Continuous') return 'set';
  if (progress.looks === 0) return 'look_again';
  if (isHidden(boot)) return 'not_verifiable';
  return progress.writes < mostWrites ? 'write' : 'not_verified';
}

export function isPxeOnce({ target, enabled }: SystemResource['boot']): boolean {
  return target === 'Pxe' && enabled === 'Once';
}

/** The mode to ask for; null: leave it alone. */
export function wantedMode(bootMode: RedfishConfig['bootMode'], boot: SystemResource['boot']): string | null {
  return { auto: boot.mode, uefi: 'UEFI', bios: 'Legacy' }[bootMode];
}

/** Everything in one block: some BMCs drop the target unless `Enabled` comes with it. */
export function bootBlock(mode: string | null): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const override = { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' };
  return { Boot: mode === null ? override : { ...override, BootSourceOverrideMode: mode } };
}

function isHidden({ target, enabled }: SystemResource['boot']): boolean {
  return target === null || target === 'None' || enabled === null || enabled === 'Disabled';
}
