import type { BulkObserver, ObservedThing } from '@drydock/model';

export const pendingValue = 'pending';
const changedValue = 'changed';

/** The time of the change stands in the key, so that an observer in any process knows it without memory. */
export function observedThing(source: string, name: string, changesAtMilliseconds: number): ObservedThing {
  return { source, key: `${name}@${changesAtMilliseconds}`, seen: pendingValue };
}

export function createScriptedObserver(source: string, now: () => number): BulkObserver {
  return {
    source,
    read: async (keys) => new Map(keys.map((key) => [key, valueOf(key, now())])),
  };
}

function valueOf(key: string, nowMilliseconds: number): string {
  const changesAt = /@(\d+)$/.exec(key)?.[1];
  if (changesAt === undefined) return 'gone';
  return nowMilliseconds < Number(changesAt) ? pendingValue : changedValue;
}
