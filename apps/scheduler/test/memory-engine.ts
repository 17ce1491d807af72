import type { GroupNeed, GroupState, PlannedStep, TaskResult } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';

type Row = { -readonly [Key in keyof modelDb.StoredStep]: modelDb.StoredStep[Key] } & {
  claimedMs: number | null;
  deadlineMs: number | null;
  isObserved: boolean;
  /** As when rows are written in a random order of ids. */
  readonly seed: number;
};

interface Stored {
  rows: Row[];
  places: modelDb.NewPlace[];
  groups: Map<string, GroupState>;
  counters: Map<string, number>;
  result: TaskResult | null;
}

/** What the database would hold of one run, with the stores that a scheduler's cycle uses; one transaction at a time. */
export class MemoryEngine {
  stored: Stored = { rows: [], places: [], groups: new Map(), counters: new Map(), result: null };
  /** The database's clock, milliseconds. */
  now = 1_000_000;
  /** The store that fails when it is used next. */
  faultAt: string | null = null;
  /** How often groups were looked at. */
  passes = 0;

  constructor(private readonly stepsLimit: number) {}

  get database(): modelDb.Database {
    const transaction = async <Result>(work: (tx: object) => Promise<Result>): Promise<Result> => {
      const before = structuredClone(this.stored);
      try {
        return await work({});
      } catch (error) {
        this.stored = before;
        throw error;
      }
    };
    return { transaction } as unknown as modelDb.Database;
  }

  row(id: string): Row | undefined {
    return this.stored.rows.find((row) => row.id === id);
  }

  /** In place of the module `@drydock/model/db`. */
  readonly stores = {
    guardRun: async () => this.now,
    takeMoves: async () => this.take((row) => row.moved, { moved: false }),
    wakeDueSteps: async () => this.take((row) => this.isDue(row), { status: 'pending', notBeforeMs: null }),
    readAllSteps: async () => structuredClone(this.stored.rows).map((row) => ({ ...row, wakeMs: this.wakeMs(row) })),
    readPlaces: async () => this.stored.places,
    ensureGroups: async (_tx: unknown, needs: readonly GroupNeed[]) => this.addGroups(needs),
    insertSteps: async (_tx: unknown, _run: unknown, steps: readonly PlannedStep[]) => this.insert(steps),
    delaySteps: async (_tx: unknown, ids: readonly string[], seconds: number) => {
      for (const id of ids) this.change(id, { notBeforeMs: this.now + seconds * 1000 });
    },
    skipSteps: async (_tx: unknown, ids: readonly string[]) => {
      for (const id of ids)
        if (this.row(id)?.status === 'pending') this.change(id, { status: 'ended', end: 'skipped' });
      this.fail('skipSteps');
    },
    releasePlaces: async (_tx: unknown, _taskId: string, release: modelDb.Release) => {
      this.release(release);
      this.fail('releasePlaces');
    },
    shutGroups: async (_tx: unknown, keys: readonly string[], seconds: number) => {
      for (const [key, group] of this.stored.groups) {
        if (keys.includes(key)) this.stored.groups.set(key, { ...group, closedUntil: this.now + seconds * 1000 });
      }
    },
    loadGroups: async (_tx: unknown, keys: readonly string[]) => {
      this.passes += 1;
      return {
        now: this.now,
        groups: new Map(keys.flatMap((key) => [...this.stored.groups].filter(([name]) => name === key))),
      };
    },
    writeAdmission: async (_tx: unknown, _taskId: string, decision: Parameters<typeof modelDb.writeAdmission>[2]) => {
      this.stored.places.push(...decision.places);
      for (const { id, readySince } of decision.steps) this.admit(id, readySince);
      this.fail('writeAdmission');
      return decision.steps.map(({ id }) => ({ id, ring: 1 }));
    },
    countStages: async (_tx: unknown, _taskId: string, changes: readonly modelDb.StageChange[]) => {
      for (const { verb: _verb, ...counts } of changes) {
        for (const [name, count] of Object.entries(counts)) {
          this.stored.counters.set(name, (this.stored.counters.get(name) ?? 0) + count);
        }
      }
    },
    finishTask: async (_tx: unknown, _run: unknown, result: TaskResult) => void (this.stored.result = result),
  };

  change(id: string, facts: Partial<Row>): void {
    Object.assign(this.row(id) ?? {}, facts);
  }

  /** As a worker, a sweep or an observer moves a row. */
  move(row: Row, facts: Partial<Row>): void {
    Object.assign(row, { notBeforeMs: null, ...facts, moved: true });
  }

  private wakeMs(row: Row): number | null {
    const isBeforeDeadline = row.deadlineMs !== null && (row.claimedMs ?? 0) < row.deadlineMs;
    const deadline = isBeforeDeadline ? row.deadlineMs : null;
    const at = Math.min(row.notBeforeMs ?? Infinity, deadline ?? Infinity);
    return at === Infinity ? null : at;
  }

  private isDue(row: Row): boolean {
    return row.status === 'waiting' && (this.wakeMs(row) ?? Infinity) <= this.now;
  }

  private take(isTaken: (row: Row) => boolean, facts: Partial<Row>): Row[] {
    const rows = this.stored.rows.filter(isTaken).sort((left, right) => left.seed - right.seed);
    return rows.map((row) => ({ ...Object.assign(row, facts), wakeMs: this.wakeMs(row) }));
  }

  private addGroups(needs: readonly GroupNeed[]): void {
    for (const { key, limit, spacingMilliseconds, rampPerMinute } of needs) {
      if (this.stored.groups.has(key)) continue;
      this.stored.groups.set(key, {
        key,
        limit: key === 'steps' ? this.stepsLimit : limit,
        held: 0,
        spacingMilliseconds,
        rampPerMinute,
        rampTokens: rampPerMinute,
        lastAdmittedAt: null,
        closedUntil: null,
        doorSince: null,
        doorSeenAt: null,
      });
    }
  }

  private insert(steps: readonly PlannedStep[]): Map<number, string> {
    const bare = {
      errorClass: null,
      reason: null,
      deadlineMs: null,
      notBeforeMs: null,
      wakeMs: null,
      readySinceMs: null,
    };
    for (const planned of steps) {
      const id = `s${planned.key}`;
      const flags = { moved: false, isObserved: false, stopping: false, claimedMs: null };
      const seed = (planned.key * 7919) % 101;
      this.stored.rows.push({ ...planned, ...bare, ...flags, id, seed, status: 'pending', end: null });
    }
    return new Map(steps.map(({ key }) => [key, `s${key}`]));
  }

  private admit(id: string, readySince: number): void {
    const row = this.row(id);
    if (row?.status !== 'pending') return;
    Object.assign(row, { status: 'admitted', notBeforeMs: null, readySinceMs: row.readySinceMs ?? readySince });
  }

  private release({ endedStepIds, restingStepIds, nodeNames }: modelDb.Release): void {
    const isGone = ({ stepId, scope, nodeName }: modelDb.NewPlace): boolean =>
      (stepId !== null && endedStepIds.includes(stepId)) ||
      (stepId !== null && restingStepIds.includes(stepId) && (scope === 'call' || scope === 'steps')) ||
      (scope === 'task' && nodeName !== null && nodeNames.includes(nodeName));
    for (const place of this.stored.places.filter(isGone)) {
      const group = this.stored.groups.get(place.groupKey);
      if (group) group.held -= place.weight;
    }
    this.stored.places = this.stored.places.filter((place) => !isGone(place));
  }

  private fail(name: string): void {
    if (this.faultAt !== name) return;
    this.faultAt = null;
    throw new Error(`${name} failed`);
  }
}
