import type { ErrorClass, StepEnd, StepStatus } from '@drydock/model';
import * as fc from 'fast-check';
import type { MemoryEngine } from './memory-engine.js';

const ending = (end: StepEnd, errorClass: ErrorClass | null = null) => ({
  status: 'ended' as const,
  end,
  errorClass,
  isOwing: false,
});

/** What may become of a running step, as a worker or a sweep writes it. */
const outcomes = {
  succeed: () => ending('succeeded'),
  absent: () => ending('absent'),
  failForNow: () => ending('failed', 'machine_failed'),
  failForGood: () => ending('failed', 'not_owned'),
  waitByClock: (now: number) => ({ status: 'waiting' as const, notBeforeMs: now + 3000, isObserved: false }),
  waitForEffect: (now: number) => ({
    status: 'waiting' as const,
    notBeforeMs: now + 3000,
    isObserved: false,
    isOwing: true,
  }),
  waitForObserver: () => ({ status: 'waiting' as const, isObserved: true }),
  retry: (now: number) => ({ status: 'pending' as const, notBeforeMs: now + 500, isObserved: false }),
  giveBack: () => ({ status: 'admitted' as const }),
} as const;

export type Command =
  | { readonly kind: 'claim' | 'observe' | 'overdue'; readonly pick: number }
  | { readonly kind: 'report'; readonly pick: number; readonly outcome: keyof typeof outcomes }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'cycle' | 'takeover' | 'terminate' | 'pause' | 'resume' }
  | { readonly kind: 'fault'; readonly at: string };

const kinds = <Kind extends string>(...names: Kind[]) => fc.constantFrom(...names);

/** Any command at any time; workers are busier than clocks and schedulers die. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: kinds('claim'), pick: fc.nat(99) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kinds('report'),
      pick: fc.nat(99),
      outcome: fc.constantFrom(...(Object.keys(outcomes) as (keyof typeof outcomes)[])),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kinds('observe', 'overdue'), pick: fc.nat(99) }) },
  { weight: 3, arbitrary: fc.record({ kind: kinds('pass'), milliseconds: fc.nat(20_000) }) },
  { weight: 6, arbitrary: fc.record({ kind: kinds('cycle') }) },
  { weight: 2, arbitrary: fc.record({ kind: kinds('takeover') }) },
  { weight: 1, arbitrary: fc.record({ kind: kinds('terminate', 'pause', 'resume') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kinds('fault'), at: fc.constantFrom('releasePlaces', 'writeAdmission', 'skipSteps') }),
  },
);

/** Does what others than the scheduler do: workers, observers, sweeps and the clock. */
export function obey(engine: MemoryEngine, command: Command): void {
  if (command.kind === 'pass') engine.now += command.milliseconds;
  if (command.kind === 'terminate') engine.stored.isTerminating = true;
  if (command.kind === 'pause') engine.stored.isPaused = true;
  if (command.kind === 'resume') engine.stored.isPaused = false;
  if (!('pick' in command)) return;
  const of = (...statuses: readonly StepStatus[]) => {
    const fitting = engine.stored.rows.filter(({ status }) => statuses.includes(status));
    return fitting[command.pick % Math.max(1, fitting.length)];
  };
  const { now } = engine;
  if (command.kind === 'claim') {
    const row = of('admitted');
    const deadlineMs = row?.deadlineMs ?? now + (row?.deadlineSeconds ?? 0) * 1000;
    if (row) Object.assign(row, { status: 'running', claimedMs: now, deadlineMs, hasBegun: true });
  } else if (command.kind === 'report') {
    const row = of('running');
    const tries = command.outcome === 'retry' ? 1 : 0;
    if (row) engine.move(row, { ...outcomes[command.outcome](now), triesTotal: row.triesTotal + tries });
  } else if (command.kind === 'observe') {
    const row = of('waiting');
    if (row?.isObserved) engine.move(row, { status: 'pending' });
  } else {
    const row = of('pending', 'admitted');
    if (row && row.deadlineMs !== null && row.deadlineMs < now - 60_000) engine.move(row, ending('failed', 'timeout'));
  }
}
