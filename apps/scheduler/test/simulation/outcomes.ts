import type { ErrorClass, StepEnd } from '@drydock/model';
import type { Dice } from './dice.js';
import type { SimulatedStep } from './simulated-step.js';

/** How often a call ends so. */
export const weights = {
  succeed: 76,
  absent: 4,
  waitByClock: 7,
  waitForObserver: 3,
  tryAgain: 4,
  giveBack: 1,
  failForNow: 3,
  failForGood: 1,
  failUnknown: 0.1,
} as const;

export type Outcome = keyof typeof weights;

const ended = (end: StepEnd, errorClass: ErrorClass | null = null): Partial<SimulatedStep> => ({
  status: 'ended',
  end,
  errorClass,
  isOwing: false,
});

/** What a call leaves in its row. */
export const reports: Readonly<
  Record<Outcome, (now: number, dice: Dice, step: SimulatedStep) => Partial<SimulatedStep>>
> = {
  succeed: () => ended('succeeded'),
  absent: () => ended('absent'),
  waitByClock: (now, dice) => ({
    status: 'waiting',
    notBeforeMs: now + dice.duration(20, 5000),
    isOwing: dice.chance(0.5),
  }),
  waitForObserver: () => ({ status: 'waiting', isObserved: true }),
  tryAgain: (now, dice, { triesTotal }) => ({
    status: 'pending',
    notBeforeMs: now + dice.duration(50, 3000),
    triesTotal: triesTotal + 1,
  }),
  giveBack: () => ({ status: 'admitted', rangAt: 0 }),
  failForNow: () => ended('failed', 'machine_failed'),
  failForGood: () => ended('failed', 'not_owned'),
  failUnknown: () => ended('failed', 'effect_unknown'),
};

export const cancelled = ended('cancelled', 'cancelled');
