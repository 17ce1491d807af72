import type { CallRecord, Claim, NewIntent, StepLease, StepMove } from '@drydock/model/db';
import type { ExecutorParts } from '../src/execute-step.js';
import { claimedStep } from './claimed-step.js';

export interface WrittenReport extends StepLease {
  readonly move: StepMove;
  readonly record: CallRecord;
}

/** Stands where Postgres would: keeps what it is told, and answers what the case says. */
export class RecordedWrites {
  readonly intents: (StepLease & NewIntent)[] = [];
  readonly reports: WrittenReport[] = [];
  claim: Claim = { kind: 'claimed', step: claimedStep() };
  /** What becomes of intents and reports, one after the other; when there is nothing left they are written. */
  readonly refusals: (Error | null)[] = [];
  /** Intents wait for it. */
  gate: Promise<void> = Promise.resolve();

  get writes(): ExecutorParts['writes'] {
    return {
      claim: () => Promise.resolve(this.claim),
      intend: async ({ stepId, fence }, intent) => {
        this.intents.push({ stepId, fence, ...intent });
        await this.gate;
        this.refuse();
        return `${41 + this.intents.length}`;
      },
      report: async ({ stepId, fence }, move, record) => {
        this.reports.push({ stepId, fence, move, record });
        this.refuse();
      },
    };
  }

  private refuse(): void {
    const refusal = this.refusals.shift() ?? null;
    if (refusal !== null) throw refusal;
  }
}
