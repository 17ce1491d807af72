/** A request that could change something, as the simulator of MAAS and BMCs keeps it. */
export interface JournaledRequest {
  readonly sequence: number;
  readonly wallTimeMs: number;
  readonly source: 'maas' | 'bmc';
  readonly method: string;
  readonly path: string;
  readonly op: string | null;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  readonly objectId: string;
  readonly machine: string | null;
  readonly accepted: boolean;
}

/** One attempt of a step on a node, as Postgres has it. */
export interface Attempt {
  readonly taskId: string;
  readonly node: string;
  readonly verb: string;
  readonly attempt: number;
  readonly claimedMs: number;
  /** Null: it has not ended. */
  readonly endedMs: number | null;
}

/** One thing that the journal holds against us. */
export interface JournalProblem {
  /** Of the request that should not have been. */
  readonly sequence: number;
  readonly wallTimeMs: number;
  readonly machine: string | null;
  readonly text: string;
}

/** What may be done to a machine once in an attempt, by the journal's `op`. */
const effects: Readonly<Record<string, readonly string[]>> = {
  commission: ['commission'],
  allocate: ['allocate'],
  deploy: ['deploy'],
  release: ['release'],
  power_on: ['power-on'],
  power_off: ['power-off'],
  'reset:On': ['power-on'],
  'reset:ForceOn': ['power-on'],
  'reset:ForceOff': ['power-off'],
  'reset:GracefulShutdown': ['power-off'],
  'reset:ForceRestart': ['power-off', 'power-on'],
  'reset:GracefulRestart': ['power-off', 'power-on'],
  'reset:PowerCycle': ['power-off', 'power-on'],
};

/** A session with a BMC changes nothing of the machine. */
const sessionOps: ReadonlySet<string | null> = new Set(['login', 'logout']);

/**
 * What the journal holds against us: an effect that a machine felt twice in one attempt or outside of every attempt,
 * and a write that repeats the one directly before it on the same object. Both clocks must be those of one host.
 */
export function checkJournal(
  journal: readonly JournaledRequest[],
  attempts: readonly Attempt[],
): readonly JournalProblem[] {
  const accepted = journal.filter(({ accepted, op }) => accepted && !sessionOps.has(op));
  return [...doubledEffects(accepted, attempts), ...repeatedWrites(accepted, attempts)].sort(
    (one, other) => one.sequence - other.sequence,
  );
}

function doubledEffects(
  accepted: readonly JournaledRequest[],
  attempts: readonly Attempt[],
): readonly JournalProblem[] {
  const first = new Map<string, number>();
  return accepted.flatMap((entry) =>
    (effects[entry.op ?? ''] ?? []).flatMap((effect) => {
      const attempt = attemptOf(entry, attempts);
      if (attempt === null) return [problem(entry, `${effect} outside of every attempt`)];
      const name = `${effect} in attempt ${attempt.attempt} of ${attempt.verb}`;
      const key = `${attempt.taskId} ${attempt.node} ${name}`;
      const earlier = first.get(key);
      if (earlier !== undefined) return [problem(entry, `second ${name}; the first is ${earlier}`)];
      first.set(key, entry.sequence);
      return [];
    }),
  );
}

/** The newest attempt on the machine that was running then: a step after another may begin in the same millisecond. */
function attemptOf({ machine, wallTimeMs }: JournaledRequest, attempts: readonly Attempt[]): Attempt | null {
  const running = attempts.filter(
    ({ node, claimedMs, endedMs }) =>
      node === machine && claimedMs <= wallTimeMs && wallTimeMs <= (endedMs ?? Infinity),
  );
  return running.sort((one, other) => other.claimedMs - one.claimedMs)[0] ?? null;
}

/** A new attempt may begin with what the one before ended with. */
function repeatedWrites(
  accepted: readonly JournaledRequest[],
  attempts: readonly Attempt[],
): readonly JournalProblem[] {
  const last = new Map<string, JournaledRequest>();
  return accepted.flatMap((entry) => {
    const object = `${entry.source} ${entry.objectId}`;
    const before = last.get(object);
    last.set(object, entry);
    if (before === undefined || writeOf(before) !== writeOf(entry)) return [];
    if (attemptOf(before, attempts) !== attemptOf(entry, attempts)) return [];
    return [problem(entry, `${entry.method} ${entry.path} ${entry.op ?? ''} repeats ${before.sequence}`)];
  });
}

function writeOf({ method, path, op, params }: JournaledRequest): string {
  const values = Object.entries(params).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([method, path, op, values]);
}

function problem({ sequence, wallTimeMs, machine }: JournaledRequest, text: string): JournalProblem {
  return { sequence, wallTimeMs, machine, text };
}
