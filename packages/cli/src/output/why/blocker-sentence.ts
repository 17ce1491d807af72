import type { BlockerDocument, PlaceHolderDocument } from '@drydock/client';
import { shownMoment } from './shown-moment.js';
import { stepName, stepPlace } from './step-name.js';

type BlockerOf<Reason extends BlockerDocument['reason']> = BlockerDocument & { readonly reason: Reason };

/** Holders of a full group that are named. */
const namedHolders = 3;

const wantedEnd = { succeeded: 'to succeed', absent: 'to find nothing' } as const;

const sentences: { readonly [Reason in BlockerDocument['reason']]: (blocker: BlockerOf<Reason>) => string } = {
  need: (step) => `needs ${stepName(step)} of ${stepPlace(step)} ${wantedEnd[step.wanted]}, which is ${step.status}`,
  group: ({ group, limit, held, weight, holders }) =>
    `needs ${counted(weight, 'place')} in group ${group}, where ${held} of ${limit} are taken${takenBy(holders)}`,
  group_shut: ({ group, until }) =>
    `group ${group} is closed until ${shownMoment(until)}: nobody knows what became of an effect there`,
  group_spaced: ({ group, until }) => `too soon after the last step in group ${group}: until ${shownMoment(until)}`,
  group_ramped: ({ group, until }) => `too many in a minute in group ${group}: until ${shownMoment(until)}`,
  door: ({ group, since }) => `an older step goes first in group ${group}, since ${shownMoment(since)}`,
  backoff: ({ until, attempt, tries, error_class, error }) =>
    `is tried again at ${shownMoment(until)} (attempt ${attempt + 1}, ${counted(tries, 'failed try', 'failed tries')})` +
    causeOf(error_class, error),
  observed: ({ source, key, since }) => `waits for a change of ${[source, ...some(key)].join(' ')}${sinceWhen(since)}`,
  until: ({ until }) => `looks again at ${shownMoment(until)}`,
  deadline: ({ until }) => `its deadline is ${shownMoment(until)}`,
  unclaimed: ({ since, rings, workers, slots }) =>
    `no worker has taken it${sinceWhen(since)} (rung for ${counted(rings, 'time')}; ` +
    `${counted(workers, 'worker')} with ${counted(slots, 'slot')} alive)`,
  paused: ({ what, by, since }) => `the ${what} is paused${byWhom(by)}${sinceWhen(since)}`,
  stopping: ({ by, since }) => `the task is being terminated${byWhom(by)}${sinceWhen(since)}`,
  lane_busy: ({ task_id, action, status, since }) =>
    `the lane runs ${action} ${task_id}, which is ${status}${sinceWhen(since)}`,
  queue: ({ ahead }) => `${counted(ahead, 'queued task')} before it`,
  no_scheduler: () => 'no living scheduler drives it',
  ready: () => 'nothing: it goes on within a second',
};

/** What a blocker says to a person; of a reason that only a later API knows, the reason. */
export function blockerSentence(blocker: BlockerDocument): string {
  if (!Object.hasOwn(sentences, blocker.reason)) return blocker.reason;
  return (sentences[blocker.reason] as (blocker: BlockerDocument) => string)(blocker);
}

function takenBy(holders: readonly PlaceHolderDocument[]): string {
  if (holders.length === 0) return '';
  const more = holders.length > namedHolders ? ['others'] : [];
  return `, by ${[...holders.slice(0, namedHolders).map(holderName), ...more].join('; ')}`;
}

/** The task itself holds the place for its node, or one of its steps does. */
function holderName({ task_id, action, verb, node_name, since }: PlaceHolderDocument): string {
  const step = action === null || verb === null ? [] : [`${stepName({ action, verb })} of`];
  return [...step, `${stepPlace({ node_name })} in task ${task_id}${sinceWhen(since)}`].join(' ');
}

function causeOf(errorClass: string | null, error: string | null): string {
  const cause = [...some(errorClass), ...some(error)].join(': ');
  return cause === '' ? '' : `: ${cause}`;
}

function sinceWhen(since: string | null): string {
  return since === null ? '' : ` since ${shownMoment(since)}`;
}

function byWhom(user: string | null): string {
  return user === null ? '' : ` by ${user}`;
}

function some(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
