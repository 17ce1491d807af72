import type { ScriptRow } from '@drydock/scripted-driver';

/** Verbs that change the machine, by action. */
export const effectVerbs = {
  prepare_nodes: ['set_node_boot', 'power_cycle_node', 'configure_hardware'],
  deploy_nodes: ['apply_node_networking', 'apply_node_storage', 'apply_node_platform', 'deploy_node'],
} as const;

export type SlowAction = keyof typeof effectVerbs;

/** Dwells between its announcement and its effect, if the node is there. */
export const dwellingStep = { node: 'dwells', verb: 'power_cycle_node' } as const;

/** Well below the second that a worker has at least between an announcement and its last moment to send. */
const dwellMilliseconds = 700;
const callMilliseconds = 150;

/** Every call takes a while, some before their effect and some after it; long steps wait for an observer in between. */
export const slowScript: readonly ScriptRow[] = [
  {
    ...dwellingStep,
    call: 0,
    outcome: 'done',
    withEffects: true,
    delayMilliseconds: dwellMilliseconds,
    delayAt: 'after_intent',
  },
  { verb: 'look_for_node', outcome: 'absent', delayMilliseconds: callMilliseconds },
  { verb: 'set_node_boot', outcome: 'done', withEffects: true, delayMilliseconds: callMilliseconds },
  { ...effectThenDelay('power_cycle_node'), outcome: 'waiting', afterSeconds: 0.4 },
  { ...effectThenDelay('power_cycle_node'), outcome: 'done' },
  { ...effectThenDelay('configure_hardware'), outcome: 'observe', afterSeconds: 0.6 },
  { ...effectThenDelay('configure_hardware'), outcome: 'done' },
  { ...effectThenDelay('apply_node_networking'), outcome: 'done' },
  { verb: 'apply_node_storage', outcome: 'done', withEffects: true, delayMilliseconds: callMilliseconds },
  { ...effectThenDelay('apply_node_platform'), outcome: 'done' },
  { ...effectThenDelay('deploy_node'), outcome: 'observe', afterSeconds: 0.8 },
  { ...effectThenDelay('deploy_node'), outcome: 'done' },
];

function effectThenDelay(verb: ScriptRow['verb']): Omit<ScriptRow, 'outcome'> {
  return { verb, withEffects: true, delayMilliseconds: callMilliseconds, delayAt: 'after_effect' };
}
