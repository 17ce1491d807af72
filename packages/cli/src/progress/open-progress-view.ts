import type { Surroundings } from '../surroundings.js';
import { LineLog } from './line-log.js';
import { LiveView } from './live-view.js';
import type { ProgressView } from './progress-view.js';

/** Redrawn in place on a terminal, else one line per change. */
export function openProgressView({ terminal, tell }: Surroundings): ProgressView {
  return terminal === null ? new LineLog(tell) : new LiveView(tell, terminal);
}
