import type { Bench } from '../bench.js';
import { stopwatchSettings } from '../deploy-stand.js';
import { percentile } from '../percentile.js';
import { rounded } from '../rounded.js';
import { BlowCampaign, type Campaign, type FallenBlow } from './campaign.js';
import { maasDelayMilliseconds, startChaosStand } from './chaos-stand.js';
import { isLateSend } from './late-sends.js';
import { type RoundsResult, runRounds } from './rounds.js';
import { seededRandom } from './seeded-random.js';

/** What is lost, done twice, and how long it takes to go on, while everything around real deploys is killed. */
export async function measureChaos(bench: Bench): Promise<Readonly<Record<string, unknown>>> {
  const { options, tell } = bench;
  const { kills, seed, nodes, workers, backend, timeScale } = options;
  const stand = await startChaosStand(bench);
  tell(`${kills} kills on ${backend}, ${nodes} nodes, ${workers} workers, seed ${seed} ...`);
  const { campaign, rounds } = await runBoth();
  const late = rounds.problems.filter((problem) => isLateSend(problem, campaign.freezes));
  const stuck = campaign.fallen.filter(({ hasGoneOn }) => !hasGoneOn);
  const effective = campaign.fallen.filter(({ isEffective }) => isEffective);
  return {
    seed,
    kills: campaign.fallen.length,
    killsEffective: effective.length,
    lost: rounds.lost.length + stuck.length,
    duplicated: rounds.problems.length - late.length,
    lateSends: late.length,
    ...recoveriesOf(effective.filter(({ isOverlapped }) => !isOverlapped)),
    overlapped: recoveriesOf(effective.filter(({ isOverlapped }) => isOverlapped)),
    tasks: rounds.tasks,
    nodes,
    workers,
    backend,
    timeScale,
    maasDelayMs: maasDelayMilliseconds,
    durable: true,
    ...stopwatchSettings,
    blows: byName(campaign.fallen),
  };

  /** Tasks go on until the last blow has fallen; the blows end when the tasks cannot go on. */
  async function runBoth(): Promise<{ readonly campaign: Campaign; readonly rounds: RoundsResult }> {
    const over = new AbortController();
    const state = { isOver: false };
    const signal = AbortSignal.any([bench.signal, over.signal]);
    const blows = new BlowCampaign(stand, { kills, random: seededRandom(seed), signal, tell }).run();
    const campaign = blows.finally(() => (state.isOver = true));
    const ended = runRounds(stand, { isOver: () => state.isOver, signal: bench.signal, tell });
    const rounds = ended.finally(() => over.abort(new Error('the tasks are over')));
    const [fallen, result] = await Promise.all([campaign, rounds]);
    bench.signal.throwIfAborted();
    return { campaign: fallen, rounds: result };
  }
}

function recoveriesOf(fallen: readonly FallenBlow[]) {
  const seconds = fallen.flatMap(({ recoveredSeconds }) => recoveredSeconds ?? []);
  const at = (percent: number): number | null =>
    seconds.length === 0 ? null : rounded(percentile(seconds, percent), 2);
  return { recoverP50Seconds: at(50), recoverP99Seconds: at(99), recoverMaxSeconds: at(100) };
}

/** How often each blow fell, how often it was effective, and what it cost. */
function byName(fallen: readonly FallenBlow[]): Readonly<Record<string, unknown>> {
  const names = [...new Set(fallen.map(({ name }) => name))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const own = fallen.filter((blow) => blow.name === name);
      const { recoverP50Seconds: p50Seconds, recoverMaxSeconds: maxSeconds } = recoveriesOf(own);
      const effective = own.filter(({ isEffective }) => isEffective).length;
      return [name, { fallen: own.length, effective, p50Seconds, maxSeconds }];
    }),
  );
}
