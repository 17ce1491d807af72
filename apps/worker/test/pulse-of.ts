import { heartbeat, leaseSeconds } from '@drydock/model/db';
import type { Pulse } from '@drydock/runtime';
import type { RecordingDatabase } from './recording-database.js';

/** Heartbeats that the recorded database hears like any other statement. */
export function pulseOf({ database }: RecordingDatabase): Pulse {
  return { beat: (holder) => heartbeat(database, holder, leaseSeconds) };
}
