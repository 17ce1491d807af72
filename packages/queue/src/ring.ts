import { DrydockError } from '@drydock/model';

/** Ids, a node name and a `format`: operators read it in Bull Board, so never a secret. */
export type RingData = Readonly<Record<string, string | number | boolean | null>>;

/**
 * One job to put in a queue so that somebody wakes up.
 *
 * `id` must be fresh (`<step>-<ring>`, the ring number growing): BullMQ silently drops an add whose id it still keeps,
 * and it keeps completed and failed jobs too. `name` is the action or verb. `data` is at most 200 bytes as JSON.
 */
export interface Ring {
  readonly id: string;
  readonly name: string;
  readonly data: RingData;
}

/** A doorbell carries an id; whoever needs more reads it from Postgres. */
export const ringDataLimitBytes = 200;

/** Throws `queue_refused` for a ring that BullMQ would refuse, renumber or store for longer than it is worth. */
export function checkRing(ring: Ring): void {
  if (ring.id === '' || ring.id.includes(':') || /^\d+$/.test(ring.id)) {
    throw new DrydockError(
      'queue_refused',
      `Job id "${ring.id}" cannot be used: it must not be empty, hold ":" or be a bare number; use <step>-<ring>`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(ring.data));
  if (bytes > ringDataLimitBytes) {
    throw new DrydockError(
      'queue_refused',
      `Job "${ring.id}" carries ${bytes} bytes, more than ${ringDataLimitBytes}; send ids and read the rest from Postgres`,
    );
  }
}
