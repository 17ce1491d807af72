import { type Blow, blows, type Struck } from './blows.js';
import type { ChaosStand } from './chaos-stand.js';
import { untilGoneOn } from './held.js';
import type { RevivedProcess } from './revived-process.js';
import { between, pickWeighted, type Random } from './seeded-random.js';

/** One blow that has fallen. */
export interface FallenBlow {
  readonly name: string;
  /** The victim held a claim, a run or an open intent. */
  readonly isEffective: boolean;
  /** From the blow until all that the victim held had gone on; null: it held nothing, or never did. */
  readonly recoveredSeconds: number | null;
  readonly hasGoneOn: boolean;
  /** Another blow fell before this one was over, or this one before another was. */
  readonly isOverlapped: boolean;
}

/** A process was frozen while it held these machines; what it sends right after it wakes is a late send. */
export interface Freeze {
  readonly thawedAtMs: number;
  readonly machines: ReadonlySet<string>;
}

export interface Campaign {
  readonly fallen: readonly FallenBlow[];
  readonly freezes: readonly Freeze[];
}

export interface CampaignOptions {
  /** Effective blows to be reached. */
  readonly kills: number;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** Seconds between one blow, or what it has cost, and the next. */
const pause = { least: 0.1, most: 1.8 };
/** So many of the blows do not wait until what the one before has hit has gone on. */
const overlapShare = 0.2;
const giveUpSeconds = 120;
const lookSeconds = 0.02;

/** Strikes at random moments until so many blows were effective. */
export class BlowCampaign {
  readonly #fallen: FallenBlow[] = [];
  readonly #freezes: Freeze[] = [];
  readonly #watches: Promise<void>[] = [];
  readonly #recovering = new Set<{ isOverlapped: boolean }>();
  readonly #frozen = new Set<RevivedProcess>();
  readonly #table: readonly Blow[];
  #effective = 0;

  constructor(
    private readonly stand: ChaosStand,
    private readonly options: CampaignOptions,
  ) {
    this.#table = blows.filter(({ needsRedis }) => !needsRedis || stand.redis !== null);
  }

  /** Resolves when the last blow has fallen and everything has gone on. */
  async run(): Promise<Campaign> {
    const { kills, random, signal } = this.options;
    while (this.#effective < kills && !signal.aborted) {
      if (random() >= overlapShare) await this.#untilCalm();
      await sleep(between(pause.least, pause.most, random));
      if (signal.aborted) break;
      await this.#strikeOnce();
    }
    await Promise.all(this.#watches);
    return { fallen: this.#fallen, freezes: this.#freezes };
  }

  async #untilCalm(): Promise<void> {
    while (this.#recovering.size > 0 && !this.options.signal.aborted) await sleep(lookSeconds);
  }

  async #strikeOnce(): Promise<void> {
    const blow = pickWeighted(this.#table, this.options.random);
    const struck = await blow.strike(this.stand, this.#frozen, this.options.random);
    if (struck === null) return;
    const isEffective = struck.held.some(({ kind }) => kind !== 'ring');
    if (isEffective) this.#effective += 1;
    this.#watches.push(this.#watch(blow.name, struck, isEffective));
  }

  async #watch(name: string, struck: Struck, isEffective: boolean): Promise<void> {
    const recovery = { isOverlapped: this.#recovering.size > 0 };
    for (const other of this.#recovering) other.isOverlapped = true;
    this.#recovering.add(recovery);
    const goingOn = this.#goesOn(struck).finally(() => this.#recovering.delete(recovery));
    const [hasGoneOn, thawedAtMs] = await Promise.all([goingOn, struck.thawed]);
    const machines = new Set(struck.held.flatMap(({ node_name: node }) => node ?? []));
    if (thawedAtMs !== undefined) this.#freezes.push({ thawedAtMs, machines });
    const { seconds, isGone } = hasGoneOn;
    const recoveredSeconds = struck.held.length > 0 && isGone ? seconds : null;
    const { isOverlapped } = recovery;
    this.#fallen.push({ name, isEffective, recoveredSeconds, hasGoneOn: isGone, isOverlapped });
    this.options.tell(
      `${String(this.#fallen.length).padStart(4)} ${struck.struckAt.slice(11, 23)} ${name.padEnd(22)} held ${countsOf(struck)}` +
        (recoveredSeconds === null ? '' : `, went on after ${recoveredSeconds.toFixed(2)} s`) +
        (isOverlapped ? ', overlapped' : '') +
        (isGone ? '' : `, HAS NOT GONE ON after ${giveUpSeconds} s: ${JSON.stringify(struck.held)}`),
    );
  }

  async #goesOn({
    held,
    struckAt,
    startedAt,
  }: Struck): Promise<{ readonly isGone: boolean; readonly seconds: number }> {
    if (held.length === 0) return { isGone: true, seconds: 0 };
    const isGone = await untilGoneOn(this.stand.database, { held, struckAt, giveUpSeconds });
    return { isGone, seconds: (performance.now() - startedAt) / 1000 };
  }
}

function countsOf({ held }: Struck): string {
  const kinds = ['run', 'claim', 'intent', 'ring'] as const;
  const counts = kinds.flatMap((kind) => {
    const count = held.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'nothing' : counts.join(', ');
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
