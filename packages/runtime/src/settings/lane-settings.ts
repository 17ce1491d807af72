import { type MaxQueued, laneMaxQueuedSetting } from './lane-max-queued-setting.js';
import { laneRulesSetting } from './lane-rules-setting.js';
import { lanesSetting } from './lanes-setting.js';

/** The lanes, how a task finds its own, and how many tasks may be queued there. For apps/api and apps/scheduler alike. */
export const laneSettings = {
  lanes: lanesSetting,
  laneRules: laneRulesSetting,
  laneMaxQueued: laneMaxQueuedSetting,
};

interface LaneConfig {
  readonly lanes: readonly string[];
  readonly laneMaxQueued: MaxQueued;
}

/** Every lane with its number, as it is stored. */
export function laneRows({
  lanes,
  laneMaxQueued: { all, byLane },
}: LaneConfig): readonly { readonly name: string; readonly maxQueued: number }[] {
  return lanes.map((name) => ({ name, maxQueued: byLane.get(name) ?? all }));
}
