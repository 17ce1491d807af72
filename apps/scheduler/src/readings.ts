import { type Database, readStand, type StandCount, type StandRow } from '@drydock/model/db';
import { laneQueueName, type QueueBackend, stepsQueueName } from '@drydock/queue';
import { type Reading, type Sample, sample } from '@drydock/telemetry';
import type { Lanes } from './lanes.js';

/** Several scrapers, or one that is impatient, cost the database no more than one. */
const keepSeconds = 5;

const standSamples = {
  tasks: ({ first: lane, second: status, value }) => sample('drydock_tasks', { lane, status }, value),
  steps: ({ first: status, value }) => sample('drydock_steps_in_flight', { status }, value),
  observed: ({ first: source, value }) => sample('drydock_steps_observed', { source }, value),
  places: ({ first: kind, value }) => sample('drydock_group_places', { kind }, value),
  limit: ({ first: kind, value }) => sample('drydock_group_limit', { kind }, value),
  shut: ({ first: kind, value }) => sample('drydock_groups_shut', { kind }, value),
  intents: ({ value }) => sample('drydock_intents_open', {}, value),
  processes: ({ first: process, value }) => sample('drydock_processes', { process }, value),
  slots: ({ value }) => sample('drydock_worker_slots', {}, value),
} as const satisfies Record<StandCount, (row: StandRow) => Sample>;

/** How everything stands, as the database says it. */
export function standReading(db: Database, stepsPerSlot: number): Reading {
  return {
    name: 'stand',
    keepSeconds,
    gauges: [
      'drydock_tasks',
      'drydock_steps_in_flight',
      'drydock_steps_observed',
      'drydock_group_places',
      'drydock_group_limit',
      'drydock_groups_shut',
      'drydock_intents_open',
      'drydock_processes',
      'drydock_worker_slots',
    ],
    read: async () => (await readStand(db, stepsPerSlot)).map((row) => standSamples[row.what](row)),
  };
}

/** What BullMQ's queues hold. */
export function queueReading(queue: Pick<QueueBackend, 'counts'>, lanes: readonly string[]): Reading {
  const names = [...lanes.map(laneQueueName), stepsQueueName];
  return {
    name: 'queues',
    keepSeconds,
    gauges: ['drydock_queue_jobs'],
    read: async () => {
      const counts = await Promise.all(names.map(async (name) => [name, await queue.counts(name)] as const));
      return counts.flatMap(([name, { waiting, active, delayed, failed }]) =>
        Object.entries({ waiting, active, delayed, failed }).map(([state, value]) =>
          sample('drydock_queue_jobs', { queue: name, state }, value),
        ),
      );
    },
  };
}

/** What the steps of our own runs wait for, from memory. */
export function waitingReading(lanes: Pick<Lanes, 'waiting'>): Reading {
  return {
    name: 'waiting',
    keepSeconds,
    gauges: ['drydock_steps_waiting'],
    read: () => {
      const sums = new Map<string, Sample>();
      for (const { reason, group, count } of lanes.waiting()) {
        const key = `${reason} ${group}`;
        sums.set(key, sample('drydock_steps_waiting', { reason, group }, count + (sums.get(key)?.value ?? 0)));
      }
      return [...sums.values()];
    },
  };
}
