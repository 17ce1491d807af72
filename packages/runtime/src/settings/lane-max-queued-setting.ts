import { mixed } from 'yup';
import { laneProblems } from './named-lanes.js';

/** How many tasks may be queued in a lane. */
export interface MaxQueued {
  readonly all: number;
  /** Of lanes with a number of their own. */
  readonly byLane: ReadonlyMap<string, number>;
}

const defaultMaxQueued: MaxQueued = { all: 1000, byLane: new Map() };
const part = /^(?:([^=\s]+)\s*=\s*)?(\d{1,9})$/;

/** `1000`, or with numbers of single lanes `1000,edge=50`; stands beside a field `lanes`, which it may name. */
export const laneMaxQueuedSetting = mixed(
  (value: unknown): value is MaxQueued => typeof value === 'object' && value !== null,
)
  .transform((value: unknown) => (typeof value === 'string' ? parse(value) : value))
  .default(defaultMaxQueued)
  .typeError('${path} must be a whole number, and after it numbers of single lanes like edge=50, joined by commas')
  .test('lanes', (value, context) => {
    const problems = laneProblems([...value.byLane.keys()], context.parent);
    return problems.length === 0 || context.createError({ message: `\${path} is wrong: ${problems.join(', ')}` });
  })
  .meta({ env: 'DRYDOCK_LANE_MAX_QUEUED' });

/** A text with a part that is no number stays text. */
function parse(text: string): MaxQueued | string {
  let { all } = defaultMaxQueued;
  const byLane = new Map<string, number>();
  for (const one of text.split(',')) {
    const [, lane, count] = part.exec(one.trim()) ?? [];
    if (count === undefined) return text;
    if (lane === undefined) all = Number(count);
    else byLane.set(lane, Number(count));
  }
  return { all, byLane };
}
