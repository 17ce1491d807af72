import type { StepOutcome } from '@drydock/model';
import { nodeNote } from '../node-note.js';
import { announcedWrite } from './announced-write.js';
import { failed, type BmcCall } from './bmc-method.js';
import { findSystem, readSystem, type FoundSystem } from './find-system.js';
import { settleOpenIntent } from './open-intent.js';
import { decidePower, isPowerEffectVisible, powerAtFirst, type PowerProgress } from './power-decision.js';
import { parseResetTypes } from './resources.js';
import { resetType, type PowerGoal } from './reset-type.js';
import { readTask } from './task-state.js';

const effectKinds = { Off: 'power_off', On: 'power_on' } as const satisfies Record<PowerGoal, string>;
const busySeconds = 5;

/** Brings the machine to one power state after another, each read before the next is asked for. */
export async function switchPower(call: BmcCall, goals: readonly PowerGoal[]): Promise<StepOutcome> {
  const { context, session } = call;
  let system = await findSystem(session);
  let progress: PowerProgress = { ...powerAtFirst, ...context.progress, format: 1 };
  if (context.openIntent !== null) {
    const goal = context.openIntent.effect.kind === effectKinds.Off ? 'Off' : 'On';
    const whenDone = sent(progress, goal, null);
    const isVisible = isPowerEffectVisible(goal, system.powerState);
    const found = await settleOpenIntent(context, isVisible, { whenDone, whenNotDone: progress });
    if (found === 'too_early') return waiting(call, progress, system);
    if (found === 'done') progress = whenDone;
  }
  for (;;) {
    const { stopping, isLastCall } = context;
    const decision = decidePower({ goals, progress, powerState: system.powerState, stopping, isLastCall });
    progress = decision.progress;
    if (decision.kind === 'done') return done(call, progress, system.powerState);
    if (decision.kind === 'end') return ended(call, goals, progress, system.powerState);
    if (decision.kind === 'wait') return waitForTask(call, progress, system);
    const answer = await send(call, system, progress, goals[progress.leg] ?? 'On');
    if (answer.outcome !== null) return answer.outcome;
    progress = answer.progress;
    system = await readSystem(session, system.link);
  }
}

async function send(
  call: BmcCall,
  system: FoundSystem,
  progress: PowerProgress,
  goal: PowerGoal,
): Promise<{ readonly outcome: StepOutcome | null; readonly progress: PowerProgress }> {
  const { session, context, nodeName } = call;
  const type = resetType(goal, await allowableTypes(call, system));
  if (type === null || system.reset.link === null) {
    const reason = `the BMC of node ${nodeName} at ${session.endpoint.place} offers no reset that switches power ${goal}`;
    return { outcome: failed(reason, 'unsupported'), progress };
  }
  const answer = await announcedWrite(session, context, {
    effect: { kind: effectKinds[goal], resetType: type, bmc: session.endpoint.place },
    method: 'POST',
    link: system.reset.link,
    json: { ResetType: type },
    before: progress,
    after: (taskLink) => sent(progress, goal, taskLink),
  });
  if (answer.meaning === 'accepted') return { outcome: null, progress: sent(progress, goal, answer.taskLink) };
  const text = `the BMC of node ${nodeName} at ${session.endpoint.place} answered ResetType ${type} with ${answer.text}`;
  if (answer.meaning === 'unclear') return { outcome: waiting(call, progress, system, text), progress };
  if (answer.meaning === 'authentication') return { outcome: failed(text, 'authentication'), progress };
  if (answer.meaning === 'unsupported') return { outcome: failed(text, 'unsupported'), progress };
  if (context.isLastCall) return { outcome: failed(text, 'conflict'), progress };
  const busy: StepOutcome = { kind: 'waiting', wake: { afterSeconds: busySeconds }, progress, notes: [] };
  context.log.info('bmc is busy', { nodeName, bmc: session.endpoint.place, answer: answer.text });
  return { outcome: busy, progress };
}

async function allowableTypes({ session }: BmcCall, { reset }: FoundSystem): Promise<readonly string[] | null> {
  if (reset.allowableTypes !== null || reset.infoLink === null) return reset.allowableTypes;
  return parseResetTypes((await session.read(reset.infoLink)).body, session.endpoint);
}

async function waitForTask(call: BmcCall, progress: PowerProgress, system: FoundSystem): Promise<StepOutcome> {
  const { session, nodeName } = call;
  if (progress.taskLink === null) return waiting(call, progress, system);
  const task = await readTask(session, progress.taskLink);
  if (task.kind === 'failed') {
    const reason = `the BMC of node ${nodeName} at ${session.endpoint.place} could not switch the power: ${task.reason}`;
    return failed(reason, 'machine_failed');
  }
  return waiting(call, task.kind === 'ended' ? { ...progress, taskLink: null } : progress, system);
}

function sent(progress: PowerProgress, goal: PowerGoal, taskLink: string | null): PowerProgress {
  return { ...progress, isSent: true, hasSwitchedOff: progress.hasSwitchedOff || goal === 'Off', taskLink };
}

function waiting(
  { config, nodeName }: BmcCall,
  progress: PowerProgress,
  { powerState }: FoundSystem,
  text?: string,
): StepOutcome {
  const afterSeconds = Math.min(config.powerLookSeconds, 1 + progress.waits);
  const next = { ...progress, waits: progress.waits + 1 };
  return {
    kind: 'waiting',
    wake: { afterSeconds },
    progress: next,
    state: `power ${powerState}`,
    notes: text === undefined ? [] : [nodeNote(nodeName, text)],
  };
}

function done({ nodeName }: BmcCall, progress: PowerProgress, powerState: string): StepOutcome {
  const between = progress.hasSwitchedOff && powerState === 'On' ? ', was switched off' : '';
  const text = `power of node ${nodeName} was ${progress.stateBefore ?? 'Unknown'}${between}, is ${powerState}`;
  return { kind: 'done', notes: [nodeNote(nodeName, text)] };
}

function ended(
  { context, nodeName, session }: BmcCall,
  goals: readonly PowerGoal[],
  progress: PowerProgress,
  powerState: string,
): StepOutcome {
  const asked = progress.isSent ? 'was asked for and not reached' : 'was not asked for';
  const reason = `power of node ${nodeName} is ${powerState}; ${goals[progress.leg] ?? ''} ${asked} (BMC ${session.endpoint.place})`;
  return failed(reason, context.stopping ? 'cancelled' : progress.isSent ? 'not_verified' : 'timeout');
}
