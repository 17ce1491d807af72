import {
  type ErrorCode,
  type Finding,
  groupsByNode,
  isDrydockError,
  needsDesign,
  type PlannedStep,
  selectNodes,
  type StatusNote,
  type TaskAction,
  type TaskResult,
} from '@drydock/model';
import {
  ensureGroups,
  finishTask,
  guardRun,
  insertSteps,
  type NodeFacts,
  noteTask,
  pinSnapshot,
  readNodeFacts,
  readSnapshot,
  type RunRef,
  type TaskToDrive,
} from '@drydock/model/db';
import { planners } from '@drydock/orchestrator';
import { beginRetry } from './begin-retry.js';
import type { Beginning } from './beginning.js';
import type { DriveParts } from './drive-parts.js';
import { namesNotInDesign } from './names-not-in-design.js';
import { freshStep, RunState } from './run-state.js';

/** What is wrong with the task itself. Any other error is trouble of ours: the run is taken up again. */
const endingCodes: ReadonlySet<ErrorCode> = new Set([
  'design_reference_refused',
  'design_unavailable',
  'design_too_large',
  'design_unreadable',
  'work_exceeded',
  'invalid_node_filter',
  'secret_unreadable',
  'internal',
]);

/** Actions on the site, whatever nodes it has. */
const siteActions: ReadonlySet<TaskAction> = new Set(['validate_design', 'verify_site', 'prepare_site']);

export interface BeginParts extends DriveParts {
  /** Ends the fetch of the design. */
  readonly signal: AbortSignal;
}

/** Resolves the design once and stores the plan; or ends the task at once when there is nothing to do, or no way to. */
export async function beginTask(run: RunRef, task: TaskToDrive, parts: BeginParts): Promise<Beginning> {
  const retry = await beginRetry(run, task, parts);
  if (retry) return retry;
  if (!needsDesign[task.action]) return await storePlan(run, task, null, parts);
  try {
    const hash = task.snapshotHash ?? (await compile(task, parts));
    return await storePlan(run, task, hash, parts);
  } catch (error) {
    if (!isDrydockError(error) || !endingCodes.has(error.code)) throw error;
    const notes = [{ text: error.message, isError: true, contextType: 'task', context: task.id }];
    return await end(run, { status: 'failure', notes, hash: null }, parts);
  }
}

async function compile(task: TaskToDrive, parts: BeginParts): Promise<string> {
  const startedAt = performance.now();
  const { hash } = await parts.compiler.compile(task, parts.signal);
  parts.log.info('design compiled', { snapshotHash: hash, durationMs: Math.round(performance.now() - startedAt) });
  return hash;
}

async function storePlan(run: RunRef, task: TaskToDrive, hash: string | null, parts: DriveParts): Promise<Beginning> {
  const snapshot = hash === null ? null : await readSnapshot(parts.db, hash);
  const findings = snapshot?.findings ?? [];
  if (snapshot && (task.action === 'validate_design' || !snapshot.isValid)) {
    const shown =
      task.action === 'validate_design' ? findings : findings.filter((finding) => finding.level === 'error');
    const status = snapshot.isValid ? 'success' : 'failure';
    return await end(run, { status, notes: shown.map(noteOfFinding), hash }, parts);
  }
  const nodes = hash === null ? [] : await readNodeFacts(parts.db, hash);
  const targets = siteActions.has(task.action) ? [] : targetsOf(task, nodes);
  const unknown = siteActions.has(task.action) ? [] : namesNotInDesign(task.nodeFilter, nodes).map(noteOfUnknown);
  const planNodes = targets.map(({ name, oobType, hasBootActions }) => ({ name, oobType, hasBootActions }));
  const { steps } = planners[task.action](planNodes, parts.limits);
  if (steps.length === 0) {
    const text = 'no node of the design matches the node filter: nothing to do';
    const notes = [...unknown, { text, isError: false, contextType: 'NA', context: 'NA' }];
    return await end(run, { status: 'success', notes, hash }, parts);
  }
  return await writePlan(run, steps, { hash, nodes, findings, unknown }, parts);
}

interface PlanGround {
  readonly hash: string | null;
  readonly nodes: readonly NodeFacts[];
  readonly findings: readonly Finding[];
  /** About names of the node filter that the design does not have. */
  readonly unknown: readonly StatusNote[];
}

async function writePlan(
  run: RunRef,
  steps: readonly PlannedStep[],
  ground: PlanGround,
  parts: DriveParts,
): Promise<Beginning> {
  const groupsOf = groupsByNode(ground.nodes, parts.provisioner, parts.groupLimits);
  const groups = steps.map(groupsOf);
  const { ids, now } = await parts.db.transaction(async (tx) => {
    const now = await guardRun(tx, run);
    if (ground.hash !== null) await pinSnapshot(tx, run.taskId, ground.hash);
    const warnings = ground.findings.filter((finding) => finding.level === 'warning');
    await noteTask(tx, run.taskId, [...warnings.map(noteOfFinding), ...ground.unknown]);
    await ensureGroups(tx, groups.flat());
    return { now, ids: await insertSteps(tx, run, steps) };
  });
  const state = new RunState();
  for (const [index, planned] of steps.entries()) {
    state.add(freshStep(ids.get(planned.key) ?? '', planned, groups[index] ?? []));
  }
  for (const key of state.progress.add(steps).ready) {
    const step = state.steps.get(key);
    if (step) state.offer(step, now);
  }
  return { kind: 'planned', state, groupsOf };
}

function targetsOf(task: TaskToDrive, nodes: readonly NodeFacts[]): readonly NodeFacts[] {
  const names = new Set(selectNodes(task.nodeFilter, nodes));
  return nodes.filter((node) => names.has(node.name));
}

function noteOfUnknown(name: string): StatusNote {
  const text = `the node filter names ${name}, which the design does not have: correct node_filter`;
  return { text, isError: false, contextType: 'NA', context: 'NA' };
}

function noteOfFinding(finding: Finding): StatusNote {
  const where = finding.place ? ` (${finding.place.source}:${finding.place.line})` : '';
  return {
    text: `${finding.code} ${finding.message}${where}${finding.diagnostic === '' ? '' : `: ${finding.diagnostic}`}`,
    isError: finding.level === 'error',
    contextType: 'document',
    context: finding.documents[0]?.name ?? 'NA',
  };
}

interface EarlyEnd {
  readonly status: TaskResult['status'];
  readonly notes: readonly StatusNote[];
  readonly hash: string | null;
}

/** Ends a task that needs no steps. */
async function end(run: RunRef, { status, notes, hash }: EarlyEnd, parts: DriveParts): Promise<Beginning> {
  const result: TaskResult = { status, successes: [], failures: [] };
  await parts.db.transaction(async (tx) => {
    await guardRun(tx, run);
    if (hash !== null) await pinSnapshot(tx, run.taskId, hash);
    await noteTask(tx, run.taskId, notes);
    await finishTask(tx, run, result);
  });
  return { kind: 'ended', result };
}
