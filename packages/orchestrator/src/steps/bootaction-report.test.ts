import { describe, expect, it } from '@jest/globals';
import type { BootActionStatus, ReportedBootAction, StepContext } from '@drydock/model';
import { compiledNode } from '@drydock/testkit';
import { reportBootActions } from './bootaction-report.js';

const signaling = (name: string, isSignaling = true) => ({ name, isSignaling, assets: [], targetNodes: ['n1'] });
const site = { bootActions: [signaling('hello'), signaling('seccomp'), signaling('quiet', false)] };
const idOf = (name: string) => `01ARZ3${name.toUpperCase()}`;

/** In the order of the object. */
function actionsOf(statuses: Readonly<Record<string, BootActionStatus>>): readonly ReportedBootAction[] {
  return Object.entries(statuses).map(([name, status]) => ({ actionId: idOf(name), name, status }));
}

function report(
  statuses: Readonly<Record<string, BootActionStatus>>,
  moment: Partial<StepContext> = {},
  names: readonly string[] = Object.keys(statuses),
) {
  const actions = actionsOf(statuses);
  const deploymentId = actions.length === 0 ? null : 'd1';
  const reports = { node: compiledNode({ bootActions: names }), site, deploymentId, actions };
  return reportBootActions(reports, { isLastCall: false, stopping: false, progress: null, ...moment });
}

const note = (name: string, text: string, isError: boolean) => ({
  text,
  isError,
  contextType: 'bootaction',
  context: idOf(name),
});

describe('the boot actions of a node', () => {
  it('are waited for while one of them has not reported', () => {
    expect(report({ hello: 'success', seccomp: 'incomplete' })).toEqual({
      kind: 'waiting',
      wake: { observe: { source: 'bootactions', key: 'd1', seen: '1 of 2' } },
      progress: { format: 1 },
      state: '1 of 2 boot actions have reported, not yet: seccomp',
      notes: [
        {
          text: 'node n1 is deployed; its boot actions seccomp are to report',
          isError: false,
          contextType: 'node',
          context: 'n1',
        },
      ],
    });
  });

  it('are announced once, however often the step looks', () => {
    expect(report({ hello: 'incomplete' }, { progress: { format: 1 } })).toMatchObject({ kind: 'waiting', notes: [] });
  });

  it('make the node succeed when all of them have', () => {
    expect(report({ hello: 'success', seccomp: 'success' })).toEqual({
      kind: 'done',
      notes: [
        note('hello', 'Boot action hello succeeded.', false),
        note('seccomp', 'Boot action seccomp succeeded.', false),
      ],
    });
  });

  it('make the node fail when one of them did, once all have reported', () => {
    expect(report({ hello: 'failure', seccomp: 'incomplete' })).toMatchObject({ kind: 'waiting' });
    expect(report({ hello: 'failure', seccomp: 'success' })).toEqual({
      kind: 'failed',
      errorClass: 'machine_failed',
      reason: 'of the boot actions of node n1 hello failed',
      notes: [
        note('hello', 'Boot action hello failed.', true),
        note('seccomp', 'Boot action seccomp succeeded.', false),
      ],
    });
  });

  it('make the node fail when the time is over before one has reported', () => {
    expect(report({ hello: 'incomplete', seccomp: 'success' }, { isLastCall: true })).toEqual({
      kind: 'failed',
      errorClass: 'timeout',
      reason: 'of the boot actions of node n1 hello timed out',
      notes: [
        note('hello', 'Boot action hello timed out.', true),
        note('seccomp', 'Boot action seccomp succeeded.', false),
      ],
    });
  });

  it('tell apart who failed and who said nothing', () => {
    expect(report({ hello: 'incomplete', seccomp: 'failure' }, { isLastCall: true })).toMatchObject({
      errorClass: 'machine_failed',
      reason: 'of the boot actions of node n1 seccomp failed, hello timed out',
    });
  });

  it('that never report count as success', () => {
    const outcome = report({ quiet: 'unreported', hello: 'success' });
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.notes.map(({ text }) => text)).toEqual([
      'Boot action hello succeeded.',
      'boot actions quiet of node n1 do not report, so the design says',
    ]);
  });

  it.each([
    ['were written down without being delivered', { hello: 'unreported' } as const],
    ['were never written down', {}],
  ])('that %s count as success, and the user is told', (_case, statuses) => {
    const outcome = report(statuses, {}, ['hello']);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.notes.map(({ text }) => text)).toEqual([
      'boot actions hello of node n1 are not delivered by this version, so nothing reports and the node counts as deployed',
    ]);
  });

  it('are waited for no longer when the task was terminated', () => {
    expect(report({ hello: 'incomplete' }, { stopping: true })).toMatchObject({ errorClass: 'cancelled' });
  });
});
