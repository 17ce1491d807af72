import type { BudgetState, GroupNeed, GroupState, PlannedStep, TaskResult } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';

type Row = { -readonly [Key in keyof modelDb.StoredStep]: modelDb.StoredStep[Key] } & {
  claimedMs: number | null;
  deadlineMs: number | null;
  isObserved: boolean;
  /** An effect of it is open. */
  isOwing: boolean;
  triesPaid: number;
  exhaustedBudget: string | null;
  /** As when rows are written in a random order of ids. */
  readonly seed: number;
};

interface Stored {
  rows: Row[];
  places: modelDb.NewPlace[];
  groups: Map<string, GroupState>;
  counters: Map<string, number>;
  budgets: Map<string, BudgetState>;
  stepNotes: modelDb.StepNote[];
  result: TaskResult | null;
  /** What clients ordered of the task. */
  isTerminating: boolean;
  isPaused: boolean;
}

/** What the database would hold of one run, with the stores that a scheduler's cycle uses; one transaction at a time. */
export class MemoryEngine {
  stored: Stored = {
    rows: [],
    places: [],
    groups: new Map(),
    counters: new Map(),
    budgets: new Map(),
    stepNotes: [],
    result: null,
    isTerminating: false,
    isPaused: false,
  };
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
    guardCycle: async () => {
      return { now: this.now, isTerminating: this.stored.isTerminating, isPaused: this.stored.isPaused };
    },
    stopSteps: async (_tx: unknown, ids: readonly string[]) => ids.flatMap((id) => this.stop(id)),
    readStops: async () => [],
    noteTask: async () => undefined,
    takeMoves: async () => this.take((row) => row.moved, { moved: false }).map((row) => this.pay(row)),
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
    loadGroups: async (_tx: unknown, { keys, release }: modelDb.GroupsWanted) => {
      this.passes += 1;
      if (release) {
        this.release(release);
        this.fail('releasePlaces');
      }
      return {
        now: this.now,
        isHeld: this.isHeld,
        groups: new Map(keys.flatMap((key) => [...this.stored.groups].filter(([name]) => name === key))),
      };
    },
    writeAdmission: async (_tx: unknown, _taskId: string, decision: Parameters<typeof modelDb.writeAdmission>[2]) => {
      this.stored.places.push(...decision.places);
      for (const { id, readySince } of decision.steps) this.admit(id, readySince);
      this.count(decision.stages ?? []);
      this.fail('writeAdmission');
      return decision.steps.map(({ id }) => ({ id, ring: 1 }));
    },
    readBudgets: async (_tx: unknown, keys: readonly string[]) =>
      keys.flatMap((key) => this.stored.budgets.get(key) ?? []),
    writeBudgets: async (_tx: unknown, spent: readonly BudgetState[]) => {
      for (const budget of spent) this.stored.budgets.set(budget.key, budget);
    },
    exhaustSteps: async (_tx: unknown, exhausted: readonly modelDb.ExhaustedStep[]) => this.exhaust(exhausted),
    noteSteps: async (_tx: unknown, _taskId: string, notes: readonly modelDb.StepNote[]) =>
      void this.stored.stepNotes.push(...notes),
    finishTask: async (_tx: unknown, _run: unknown, result: TaskResult) => void (this.stored.result = result),
  };

  change(id: string, facts: Partial<Row>): void {
    Object.assign(this.row(id) ?? {}, facts);
  }

  /** As a worker, a sweep or an observer moves a row. */
  move(row: Row, facts: Partial<Row>): void {
    Object.assign(row, { notBeforeMs: null, ...facts, moved: true });
  }

  private pay(row: Row): Row {
    const unpaidTries = row.triesTotal - row.triesPaid;
    this.change(row.id, { triesPaid: row.triesTotal });
    return { ...row, unpaidTries };
  }

  private exhaust(exhausted: readonly modelDb.ExhaustedStep[]): string[] {
    return exhausted.flatMap(({ id, budget }) => {
      const row = this.row(id);
      if (row?.status !== 'pending' || (row.deadlineMs ?? -Infinity) <= this.now) return [];
      this.change(id, { exhaustedBudget: budget, deadlineMs: this.now, notBeforeMs: null });
      return [id];
    });
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
        doorIsHolding: false,
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
      exhaustedBudget: null,
      triesTotal: 0,
      triesPaid: 0,
      unpaidTries: 0,
    };
    for (const planned of steps) {
      const id = `s${planned.key}`;
      const flags = {
        moved: false,
        isObserved: false,
        stopping: false,
        hasBegun: false,
        isOwing: false,
        claimedMs: null,
      };
      const seed = (planned.key * 7919) % 101;
      this.stored.rows.push({ ...planned, ...bare, ...flags, id, seed, status: 'pending', end: null });
    }
    return new Map(steps.map(({ key }) => [key, `s${key}`]));
  }

  private get isHeld(): boolean {
    return this.stored.isTerminating || this.stored.isPaused;
  }

  private stop(id: string): readonly modelDb.StoppedStep[] {
    const row = this.row(id);
    if (!row || !['pending', 'admitted', 'waiting'].includes(row.status)) return [];
    const over = { status: 'ended', end: 'cancelled', errorClass: 'cancelled' } as const;
    const again = { status: row.status === 'waiting' ? 'pending' : row.status, stopping: true } as const;
    if (row.isOwing && row.stopping) return [];
    this.change(id, { ...(row.isOwing ? again : over), moved: false, notBeforeMs: null, isObserved: false });
    return [{ ...row, wakeMs: this.wakeMs(row), ring: 2 }];
  }

  private admit(id: string, readySince: number): void {
    const row = this.row(id);
    if (this.isHeld && row?.hasBegun === false) throw new Error(`${id} begins though nothing may`);
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

  private count(changes: readonly modelDb.StageChange[]): void {
    for (const { verb: _verb, ...counts } of changes) {
      for (const [name, count] of Object.entries(counts)) {
        this.stored.counters.set(name, (this.stored.counters.get(name) ?? 0) + count);
      }
    }
  }

  private fail(name: string): void {
    if (this.faultAt !== name) return;
    this.faultAt = null;
    throw new Error(`${name} failed`);
  }
}
