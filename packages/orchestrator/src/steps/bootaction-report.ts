import {
  bootActionSource,
  type CompiledNode,
  type CompiledSite,
  type ReportedBootAction,
  reportedValue,
  type StatusNote,
  type StepContext,
  type StepOutcome,
} from '@drydock/model';
import type { StepReports } from './step-material.js';

/** The deployment of a node whose boot actions are judged. */
export interface NodeReports extends StepReports {
  readonly node: CompiledNode;
  readonly site: Pick<CompiledSite, 'bootActions'>;
}

type Moment = Pick<StepContext, 'isLastCall' | 'stopping' | 'progress'>;

/**
 * Waits until every boot action of the deployment has reported, or the time is over; then the node has failed if one of
 * them did, or said nothing. Those that never report count as success (reference 03 §8).
 */
export function reportBootActions(reports: NodeReports, moment: Moment): StepOutcome {
  const { node, actions, deploymentId } = reports;
  if (moment.stopping) {
    const reason = `stopped while the boot actions of node ${node.name} were waited for`;
    return { kind: 'failed', errorClass: 'cancelled', reason, notes: [] };
  }
  const missing = namesOf(actions, 'incomplete');
  if (missing.length === 0 || deploymentId === null || moment.isLastCall) return judge(reports);
  const seen = reportedValue(actions.length - missing.length, actions.length);
  const text = `node ${node.name} is deployed; its boot actions ${missing.join(', ')} are to report`;
  return {
    kind: 'waiting',
    wake: { observe: { source: bootActionSource, key: deploymentId, seen } },
    progress: { format: 1 },
    state: `${seen} boot actions have reported, not yet: ${missing.join(', ')}`,
    notes: moment.progress === null ? [{ text, isError: false, contextType: 'node', context: node.name }] : [],
  };
}

function judge(reports: NodeReports): StepOutcome {
  const { node, actions } = reports;
  const notes = [...actions.flatMap((action) => noteOf(action) ?? []), ...notesOfSilent(reports)];
  const failed = namesOf(actions, 'failure');
  const timedOut = namesOf(actions, 'incomplete');
  if (failed.length + timedOut.length === 0) return { kind: 'done', notes };
  const what = [
    ...(failed.length === 0 ? [] : [`${failed.join(', ')} failed`]),
    ...(timedOut.length === 0 ? [] : [`${timedOut.join(', ')} timed out`]),
  ];
  const reason = `of the boot actions of node ${node.name} ${what.join(', ')}`;
  return { kind: 'failed', errorClass: failed.length > 0 ? 'machine_failed' : 'timeout', reason, notes };
}

const verdicts = {
  success: { text: 'succeeded', isError: false },
  failure: { text: 'failed', isError: true },
  incomplete: { text: 'timed out', isError: true },
  unreported: null,
} as const satisfies Record<ReportedBootAction['status'], object | null>;

function noteOf({ actionId, name, status }: ReportedBootAction): StatusNote | null {
  const verdict = verdicts[status];
  if (verdict === null) return null;
  const text = `Boot action ${name} ${verdict.text}.`;
  return { text, isError: verdict.isError, contextType: 'bootaction', context: actionId };
}

/** Those of which nobody expects a report: the design says so, or they were never brought to the machine. */
function notesOfSilent({ node, site, actions }: NodeReports): readonly StatusNote[] {
  const signaling = new Set(site.bootActions.filter(({ isSignaling }) => isSignaling).map(({ name }) => name));
  const silent = node.bootActions.filter((name) => (statusOf(actions, name) ?? 'unreported') === 'unreported');
  const undelivered = silent.filter((name) => signaling.has(name) || statusOf(actions, name) === undefined);
  const quiet = silent.filter((name) => !undelivered.includes(name));
  const about = { isError: false, contextType: 'node', context: node.name } as const;
  return [
    ...(quiet.length === 0
      ? []
      : [
          { ...about, text: `boot actions ${quiet.join(', ')} of node ${node.name} do not report, so the design says` },
        ]),
    ...(undelivered.length === 0
      ? []
      : [
          {
            ...about,
            text:
              `boot actions ${undelivered.join(', ')} of node ${node.name} are not delivered by this version, ` +
              'so nothing reports and the node counts as deployed',
          },
        ]),
  ];
}

function statusOf(actions: readonly ReportedBootAction[], wanted: string): ReportedBootAction['status'] | undefined {
  return actions.find(({ name }) => name === wanted)?.status;
}

function namesOf(actions: readonly ReportedBootAction[], wanted: ReportedBootAction['status']): readonly string[] {
  return actions.filter(({ status }) => status === wanted).map(({ name }) => name);
}
