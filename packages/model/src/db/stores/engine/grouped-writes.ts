import type { Database } from '../../open-database.js';
import { GroupCommit } from '../../group-commit.js';
import { type Claim, claimStep, claimSteps } from './claims.js';
import {
  type NewIntent,
  type PreparedWrite,
  prepareIntent,
  type StepLease,
  writeIntentAlone,
  writeIntents,
} from './intents.js';
import { type CallRecord, prepareReport, writeReportAlone, writeReports } from './reports.js';
import type { StepMove } from './step-move.js';

/** A uuid and its brackets. */
const bytesOfId = 40;

/** The durable writes of a worker: those that come at the same time are one statement and one commit. */
export class GroupedWrites {
  private readonly claims: GroupCommit<string, Claim>;
  private readonly intents: GroupCommit<PreparedWrite, string>;
  private readonly reports: GroupCommit<PreparedWrite, true>;

  constructor(db: Database, holderId: string) {
    this.claims = new GroupCommit<string, Claim>({
      keyOf: (stepId) => stepId,
      bytesOf: () => bytesOfId,
      together: async (stepIds) => {
        const claimed = new Map((await claimSteps(db, stepIds, holderId, 'skip')).map((step) => [step.id, step]));
        return stepIds.map((id) => {
          const step = claimed.get(id);
          return step === undefined ? null : { kind: 'claimed', step };
        });
      },
      alone: (stepId) => claimStep(db, stepId, holderId),
    });
    this.intents = new GroupCommit({
      ...leased,
      together: async (writes) => {
        const written = await writeIntents(db, writes, 'skip');
        return writes.map(({ lease }) => written.get(lease.stepId) ?? null);
      },
      alone: (write) => writeIntentAlone(db, write),
    });
    this.reports = new GroupCommit<PreparedWrite, true>({
      ...leased,
      together: async (writes) => {
        const moved = await writeReports(db, writes, 'skip');
        return writes.map(({ lease }) => (moved.has(lease.stepId) ? true : null));
      },
      alone: async (write) => {
        await writeReportAlone(db, write);
        return true;
      },
    });
  }

  /** As `claimStep`. */
  async claim(stepId: string): Promise<Claim> {
    return await this.claims.add(stepId);
  }

  /** As `writeIntent`. */
  async intend(lease: StepLease, intent: NewIntent): Promise<string> {
    return await this.intents.add(prepareIntent(lease, intent));
  }

  /** As `reportStep`. */
  async report(lease: StepLease, move: StepMove, record: CallRecord): Promise<void> {
    await this.reports.add(prepareReport(lease, move, record));
  }
}

const leased = {
  keyOf: ({ lease }: PreparedWrite) => lease.stepId,
  bytesOf: ({ row }: PreparedWrite) => row.length,
};
