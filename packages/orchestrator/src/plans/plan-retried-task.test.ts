import { describe, expect, it } from '@jest/globals';
import { foldResult, PlanProgress, type PlannedStep, type StepEnd, type TaskAction, type Verb } from '@drydock/model';
import * as fc from 'fast-check';
import { planRetriedTask, type RetriedStep, type RetryStep } from './plan-retried-task.js';
import { planRetry } from './plan-retry.js';
import { planners } from './planners.js';
import { stepLimits } from './step-limits.js';

const limits = stepLimits();
const nodes = (...names: readonly string[]) =>
  names.map((name) => ({ name, oobType: 'redfish', hasBootActions: true }));
const planOf = (action: TaskAction, ...names: readonly string[]) => planners[action](nodes(...names), limits).steps;

type Answer = (step: PlannedStep) => StepEnd;

/** Runs a plan to its end, with attempts as the scheduler adds them. */
function run(plan: readonly PlannedStep[], answer: Answer): readonly RetriedStep[] {
  const steps = [...plan];
  const ends = new Map<number, StepEnd>();
  const progress = new PlanProgress();
  const first = progress.add(plan);
  const ready = [...first.ready];
  for (const key of first.skipped) ends.set(key, 'skipped');
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    const step = steps[key];
    if (!step) throw new Error(`no step ${key}`);
    const end = answer(step);
    ends.set(key, end);
    const fresh =
      end === 'failed'
        ? planRetry(
            steps.filter(({ nodeName }) => nodeName === step.nodeName),
            step,
            steps.length,
          )
        : [];
    steps.push(...fresh);
    const next = progress.end(key, end);
    for (const skipped of next.skipped) ends.set(skipped, 'skipped');
    ready.push(...next.ready, ...progress.add(fresh).ready);
  }
  return steps.map((planned) => ({
    id: `s${planned.key}`,
    planned,
    end: ends.get(planned.key) ?? null,
    hasBegun: ends.get(planned.key) !== 'skipped',
    inheritedFrom: null,
  }));
}

/** Runs the retry to its end. @returns its steps, as a retry of it would read them, and what was executed */
function runRetry(plan: readonly RetryStep[], answer: Answer) {
  const executed: string[] = [];
  const progress = new PlanProgress();
  const ends = new Map<number, StepEnd>();
  const ready = new Set(progress.add(plan.map(({ planned }) => planned)).ready);
  for (const { planned, inherited } of plan) {
    if (!inherited) continue;
    ends.set(planned.key, inherited.end);
    const next = progress.end(planned.key, inherited.end);
    for (const key of next.ready) ready.add(key);
    for (const key of next.skipped) expect(plan[key]?.inherited?.end).toBe('skipped');
  }
  for (const key of ready) {
    const step = plan[key];
    if (!step || step.inherited) continue;
    const end = answer(step.planned);
    executed.push(nameOf(step.planned));
    ends.set(key, end);
    const next = progress.end(key, end);
    for (const skipped of next.skipped) ends.set(skipped, 'skipped');
    for (const more of next.ready) ready.add(more);
  }
  const steps = plan.map(({ planned, inherited }): RetriedStep => {
    const end = ends.get(planned.key) ?? null;
    return {
      id: `r${planned.key}`,
      planned,
      end,
      hasBegun: !inherited && end !== 'skipped',
      inheritedFrom: inherited?.from ?? null,
    };
  });
  const result = foldResult(
    steps.flatMap(({ planned: { verb, nodeName, attempt }, end }) => (end ? [{ verb, nodeName, attempt, end }] : [])),
  );
  return { steps, executed, result };
}

const nameOf = ({ nodeName, verb }: PlannedStep): string => `${nodeName ?? 'site'} ${verb}`;
const good: Answer = () => 'succeeded';
const failing =
  (node: string | null, verb: Verb): Answer =>
  (step) =>
    step.nodeName === node && step.verb === verb ? 'failed' : 'succeeded';
const executedBy = (plan: readonly RetryStep[]) => runRetry(plan, good).executed;
const idOf = (steps: readonly RetriedStep[], node: string, verb: Verb, attempt = 0): string =>
  steps.find(({ planned }) => planned.nodeName === node && planned.verb === verb && planned.attempt === attempt)?.id ??
  'none';

describe('what failed', () => {
  it('goes on from the step that failed, and nothing else is done again', () => {
    const steps = run(planOf('deploy_nodes', 'a', 'b'), failing('a', 'apply_node_storage'));
    const retry = runRetry(planRetriedTask(steps, { kind: 'failed' }, limits), good);
    expect(retry.executed).toEqual([
      'a apply_node_storage',
      'a apply_node_platform',
      'a deploy_node',
      'a bootaction_report',
    ]);
    expect(retry.result).toEqual({ status: 'success', successes: ['a', 'b'], failures: [] });
  });

  it('begins at the networking when the deployment failed, however often it was tried', () => {
    const steps = run(planOf('deploy_nodes', 'a', 'b'), failing('b', 'deploy_node'));
    expect(steps.filter(({ planned }) => planned.verb === 'deploy_node' && planned.nodeName === 'b')).toHaveLength(4);
    expect(executedBy(planRetriedTask(steps, { kind: 'failed' }, limits))).toEqual([
      'b apply_node_networking',
      'b apply_node_storage',
      'b apply_node_platform',
      'b deploy_node',
      'b bootaction_report',
    ]);
  });

  it.each([
    ['failed is looked for anew', 'look_for_node', ['look_for_node', 'configure_hardware']],
    ['was known is only commissioned', 'configure_hardware', ['configure_hardware']],
  ] as const)('a node whose preparation %s', (_case, verb, verbs) => {
    const steps = run(planOf('prepare_nodes', 'a'), failing('a', verb));
    expect(executedBy(planRetriedTask(steps, { kind: 'failed' }, limits))).toEqual(verbs.map((one) => `a ${one}`));
  });

  it('a node that was absent is not looked for and not power-cycled a second time', () => {
    const steps = run(planOf('prepare_nodes', 'a'), (step) =>
      step.verb === 'look_for_node' ? 'absent' : failing('a', 'identify_node')(step),
    );
    const plan = planRetriedTask(steps, { kind: 'failed' }, limits);
    expect(plan.slice(0, 3).map(({ inherited }) => inherited)).toEqual([
      { end: 'absent', from: 's0' },
      { end: 'succeeded', from: 's1' },
      { end: 'succeeded', from: 's2' },
    ]);
    expect(executedBy(plan)).toEqual(['a identify_node', 'a configure_hardware']);
  });

  it('of a site is done alone', () => {
    const steps = run(planOf('prepare_site'), failing(null, 'configure_user_credentials'));
    const plan = planRetriedTask(steps, { kind: 'failed' }, limits);
    expect(executedBy(plan)).toEqual(['site configure_user_credentials']);
  });

  it.each([
    ['had not begun is done as it stands', false, ['a deploy_node', 'a bootaction_report']],
    ['had begun begins at the networking', true, ['a apply_node_networking', 'a apply_node_storage']],
  ])('a deployment that was cancelled and %s', (_case, hasBegun, first) => {
    const ends = ['succeeded', 'succeeded', 'succeeded', 'cancelled', 'cancelled'] as const;
    const steps = planOf('deploy_nodes', 'a').map((planned, index): RetriedStep => {
      const end = ends[index] ?? null;
      const isBegun = end === 'succeeded' || (hasBegun && planned.verb === 'deploy_node');
      return { id: `s${index}`, planned, end, hasBegun: isBegun, inheritedFrom: null };
    });
    expect(executedBy(planRetriedTask(steps, { kind: 'failed' }, limits)).slice(0, 2)).toEqual(first);
  });
});

describe('a scope', () => {
  const steps = run(planOf('deploy_nodes', 'a', 'b', 'c'), failing('b', 'apply_node_platform'));
  const five = (name: string) =>
    ['apply_node_networking', 'apply_node_storage', 'apply_node_platform', 'deploy_node', 'bootaction_report'].map(
      (verb) => `${name} ${verb}`,
    );

  it('of nodes does all of their steps again, and keeps the failures of others', () => {
    const retry = runRetry(planRetriedTask(steps, { kind: 'node', nodeNames: ['c', 'a'] }, limits), good);
    expect(new Set(retry.executed)).toEqual(new Set([...five('a'), ...five('c')]));
    expect(retry.result).toEqual({ status: 'partial_success', successes: ['a', 'c'], failures: ['b'] });
  });

  it('of a step does it and all that need it', () => {
    const plan = planRetriedTask(steps, { kind: 'step', stepId: idOf(steps, 'a', 'apply_node_platform') }, limits);
    expect(executedBy(plan)).toEqual(five('a').slice(2));
  });

  it('of a step of an earlier attempt begins where the node failed last, if that is before it', () => {
    const twice = run(planOf('deploy_nodes', 'a'), (step) => {
      if (step.verb === 'deploy_node') return 'failed';
      return step.verb === 'apply_node_storage' && step.attempt === 1 ? 'failed' : 'succeeded';
    });
    const plan = planRetriedTask(twice, { kind: 'step', stepId: idOf(twice, 'a', 'deploy_node') }, limits);
    expect(executedBy(plan)).toEqual(five('a').slice(1));
  });

  it('of a step of the site leaves the other failures of the site alone', () => {
    const site = run(planOf('prepare_site'), () => 'failed');
    const plan = planRetriedTask(site, { kind: 'step', stepId: 's1' }, limits);
    expect(executedBy(plan)).toEqual(['site configure_user_credentials']);
  });

  it('that matches nothing keeps everything as it ended', () => {
    const retry = runRetry(planRetriedTask(steps, { kind: 'step', stepId: 'none' }, limits), good);
    expect([retry.executed, retry.result.failures]).toEqual([[], ['b']]);
  });
});

describe('a retry of a retry', () => {
  const first = run(planOf('deploy_nodes', 'a', 'b', 'c'), (step) =>
    step.nodeName === 'c' ? 'succeeded' : failing(step.nodeName, 'apply_node_storage')(step),
  );
  const second = runRetry(
    planRetriedTask(first, { kind: 'node', nodeNames: ['a'] }, limits),
    failing('a', 'apply_node_platform'),
  );

  it('does again what failed in either, from where each stands', () => {
    const plan = planRetriedTask(second.steps, { kind: 'failed' }, limits);
    expect(new Set(executedBy(plan))).toEqual(
      new Set([
        ...['apply_node_platform', 'deploy_node', 'bootaction_report'].map((verb) => `a ${verb}`),
        ...['apply_node_storage', 'apply_node_platform', 'deploy_node', 'bootaction_report'].map((verb) => `b ${verb}`),
      ]),
    );
  });

  it('names the step that did the work, not the one that inherited it', () => {
    const plan = planRetriedTask(second.steps, { kind: 'failed' }, limits);
    const ofC = plan.filter(({ planned }) => planned.nodeName === 'c').map(({ inherited }) => inherited?.from);
    expect(ofC).toEqual(first.filter(({ planned }) => planned.nodeName === 'c').map(({ id }) => id));
  });

  it('finds a step by the id that it had in the first task', () => {
    const stepId = idOf(first, 'c', 'deploy_node');
    expect(executedBy(planRetriedTask(second.steps, { kind: 'step', stepId }, limits))).toEqual([
      'c deploy_node',
      'c bootaction_report',
    ]);
  });
});

it('takes the deadlines of today, begins every step with its first attempt, and gives keys without gaps', () => {
  const steps = run(planOf('deploy_nodes', 'a'), failing('a', 'deploy_node'));
  const plan = planRetriedTask(steps, { kind: 'failed' }, stepLimits({ deploy_node: 7200 }));
  expect(plan.map(({ planned }) => planned.key)).toEqual([0, 1, 2, 3, 4]);
  expect(plan.map(({ planned }) => planned.needs.map((need) => need.step))).toEqual([[], [0], [1], [2], [3]]);
  expect(plan[3]?.planned).toMatchObject({ attempt: 0, maxAttempts: 4, deadlineSeconds: 7200 });
});

it('whatever failed, a retry that succeeds makes every node succeed and repeats no step of a node that had', () => {
  const actions = ['deploy_nodes', 'prepare_nodes', 'destroy_nodes', 'prepare_site'] as const;
  const anyEnd = fc.constantFrom<StepEnd>('succeeded', 'absent', 'failed', 'cancelled');
  fc.assert(
    fc.property(fc.constantFrom(...actions), fc.array(anyEnd, { minLength: 60, maxLength: 60 }), (action, ends) => {
      let turn = 0;
      const steps = run(planOf(action, 'a', 'b', 'c'), ({ verb }) => {
        const end = ends[turn++ % ends.length] ?? 'succeeded';
        return end === 'absent' && verb !== 'look_for_node' ? 'succeeded' : end;
      });
      const before = foldResult(
        steps.flatMap(({ planned: { verb, nodeName, attempt }, end }) =>
          end ? [{ verb, nodeName, attempt, end }] : [],
        ),
      );
      const retry = runRetry(planRetriedTask(steps, { kind: 'failed' }, limits), good);
      expect([retry.result.status, retry.result.failures]).toEqual(['success', []]);
      for (const name of before.successes) {
        expect(retry.executed.filter((step) => step.startsWith(`${name} `))).toEqual([]);
      }
    }),
  );
});
