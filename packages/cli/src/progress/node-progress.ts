import type { TaskDocument, TaskTree } from '@drydock/client';

/** Where a node is in its task; the site has a row of its own for steps on no node. */
export interface NodeProgress {
  readonly name: string;
  /** Of the step that it is at, or was at last. */
  readonly action: string;
  readonly state: 'requested' | 'running' | 'done' | 'failed' | 'terminated';
  /** Counts from 0. */
  readonly retry: number;
  /** 0 to 1, of the steps that its action usually has. */
  readonly part: number;
  /** The error messages of its newest failed step. */
  readonly reasons: readonly string[];
}

export const siteName = '(site)';

/** The steps that a node goes through, in the actions that the API shows. A step more or less only bends the bar. */
const chains: Readonly<Record<string, readonly string[]>> = {
  prepare_site: ['create_network_template', 'configure_user_credentials', 'configure_node_provisioner'],
  prepare_nodes: ['identify_node', 'set_node_boot', 'power_cycle_node', 'configure_hardware'],
  deploy_nodes: ['apply_node_networking', 'apply_node_storage', 'apply_node_platform', 'deploy_node'],
};

/** The nodes of a task, in the order in which they were first dealt with. */
export function nodeProgress({ root, tasks }: TaskTree): readonly NodeProgress[] {
  const stages = root.subtask_id_list.flatMap((id) => tasks.get(id) ?? []);
  const steps = stages.flatMap(({ subtask_id_list }) => subtask_id_list.flatMap((id) => tasks.get(id) ?? []));
  const byNode = new Map<string, TaskDocument[]>();
  for (const step of steps) byNode.set(nodeOf(step), [...(byNode.get(nodeOf(step)) ?? []), step]);
  return [...byNode].map(([name, own]) => progressOf(name, own, root.action));
}

function nodeOf(step: TaskDocument): string {
  return step.node_filter?.filter_set[0]?.node_names?.[0] ?? siteName;
}

function progressOf(name: string, steps: readonly TaskDocument[], taskAction: string): NodeProgress {
  const inOrder = steps.toSorted((a, b) => ((a.created ?? '') < (b.created ?? '') ? -1 : 1));
  const current = inOrder.findLast(({ status }) => status === 'running') ?? inOrder.at(-1);
  const failed = inOrder.findLast((step) => stateOf(step) === 'failed');
  const state = current ? stateOf(current) : 'requested';
  return {
    name,
    action: current?.action ?? '',
    state,
    retry: current?.retry ?? 0,
    part: partOf(inOrder, taskAction, current?.retry ?? 0),
    reasons: state === 'failed' && failed ? errorsOf(failed) : [],
  };
}

function stateOf(step: TaskDocument): NodeProgress['state'] {
  if (step.status === 'complete') return step.result.status === 'failure' ? 'failed' : 'done';
  if (step.status === 'terminated') return 'terminated';
  return step.status === 'requested' ? 'requested' : 'running';
}

function errorsOf(step: TaskDocument): readonly string[] {
  const errors = step.result.details.messageList.filter(({ error }) => error).map(({ message }) => message);
  return errors.length > 0 ? errors : [`${step.action} failed without a message`];
}

function partOf(steps: readonly TaskDocument[], taskAction: string, retry: number): number {
  const ofThisAttempt = steps.filter((step) => step.retry === retry && stateOf(step) === 'done');
  const chain = chains[taskAction];
  if (!chain)
    return steps.length === 0 ? 0 : ofThisAttempt.length / steps.filter((step) => step.retry === retry).length;
  const furthest = Math.max(-1, ...ofThisAttempt.map(({ action }) => chain.indexOf(action)));
  return (furthest + 1) / chain.length;
}
