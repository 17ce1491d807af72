import type { OobDriver } from '@drydock/model';

/** The first driver that serves this `oob.type`; null when none does. */
export function selectOobDriver(drivers: readonly OobDriver[], type: string): OobDriver | null {
  return drivers.find((driver) => driver.types.includes(type)) ?? null;
}
