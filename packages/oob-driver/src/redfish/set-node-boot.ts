import type { StepOutcome } from '@drydock/model';
import { nodeNote } from '../node-note.js';
import { announcedWrite } from './announced-write.js';
import { bootAtFirst, bootBlock, decideBoot, isPxeOnce, wantedMode, type BootProgress } from './boot-decision.js';
import { failed, type BmcCall } from './bmc-method.js';
import { etagForms } from './etag-forms.js';
import { findSystem, readSystem, type FoundSystem } from './find-system.js';
import { settleOpenIntent } from './open-intent.js';
import { readTask } from './task-state.js';

const secondsBetweenLooks = 1;
const busySeconds = 5;

type Written = { readonly outcome: StepOutcome } | { readonly progress: BootProgress };

/** The next boot comes from the network, once. */
export async function setNodeBoot(call: BmcCall): Promise<StepOutcome> {
  const { context, session, nodeName } = call;
  let system = await findSystem(session);
  let progress: BootProgress = { ...bootAtFirst, ...context.progress, format: 1 };
  if (context.openIntent !== null) {
    const whenDone = accepted(progress, null);
    const found = await settleOpenIntent(context, isPxeOnce(system.boot), { whenDone, whenNotDone: progress });
    if (found === 'too_early') return waiting(progress, secondsBetweenLooks);
    if (found === 'done') progress = whenDone;
  }
  const targets = system.boot.allowableTargets;
  if (targets !== null && targets.length > 0 && !targets.includes('Pxe')) {
    return failed(`the BMC of node ${nodeName} at ${session.endpoint.place} cannot boot from Pxe`, 'unsupported');
  }
  for (;;) {
    const decision = decideBoot(system.boot, modeFor(call, system, progress), progress);
    if (decision === 'set' || decision === 'not_verifiable') return done(call, decision, system);
    if (context.stopping) return failed(`stopped; ${shown(call, system)}`, 'cancelled');
    if (decision === 'not_verified') return failed(`${shown(call, system)} although it was set`, 'not_verified');
    if (context.isLastCall) return failed(`${shown(call, system)} at the deadline`, 'timeout');
    if (decision === 'look_again') return lookAgain(call, progress);
    const written = await write(call, system, progress);
    if ('outcome' in written) return written.outcome;
    progress = written.progress;
    system = await readSystem(session, system.link);
  }
}

async function write(call: BmcCall, system: FoundSystem, progress: BootProgress): Promise<Written> {
  const { context, session, nodeName } = call;
  const mode = modeFor(call, system, progress);
  const forms = etagForms(system.etag);
  const form = forms[progress.etagForm] ?? null;
  const answer = await announcedWrite(session, context, {
    effect: { kind: 'set_boot', target: 'Pxe', mode, bmc: session.endpoint.place },
    method: 'PATCH',
    link: system.link,
    json: bootBlock(mode),
    headers: form === null ? {} : { 'if-match': form },
    before: progress,
    after: (taskLink) => accepted(progress, taskLink),
  });
  if (answer.meaning === 'accepted') return { progress: accepted(progress, answer.taskLink) };
  if (answer.meaning === 'precondition' && progress.etagForm + 1 < forms.length) {
    return { progress: { ...progress, etagForm: progress.etagForm + 1 } };
  }
  if (answer.meaning === 'unsupported' && mode !== null) return { progress: { ...progress, isWithoutMode: true } };
  const text = `the BMC of node ${nodeName} at ${session.endpoint.place} answered the boot override with ${answer.text}`;
  if (answer.meaning === 'authentication') return { outcome: failed(text, 'authentication') };
  if (answer.meaning === 'unsupported') return { outcome: failed(text, 'unsupported') };
  if (answer.meaning === 'precondition') return { outcome: failed(text, 'conflict') };
  context.log.info('boot override not accepted yet', { nodeName, bmc: session.endpoint.place, answer: answer.text });
  return { outcome: waiting(progress, answer.meaning === 'busy' ? busySeconds : secondsBetweenLooks) };
}

function modeFor({ config }: BmcCall, system: FoundSystem, progress: BootProgress): string | null {
  return progress.isWithoutMode ? null : wantedMode(config.bootMode, system.boot);
}

function accepted(progress: BootProgress, taskLink: string | null): BootProgress {
  return { ...progress, writes: progress.writes + 1, looks: 0, taskLink };
}

async function lookAgain({ session, nodeName }: BmcCall, progress: BootProgress): Promise<StepOutcome> {
  if (progress.taskLink !== null) {
    const task = await readTask(session, progress.taskLink);
    if (task.kind === 'running') return waiting(progress, secondsBetweenLooks);
    if (task.kind === 'failed') {
      const reason = `the BMC of node ${nodeName} at ${session.endpoint.place} could not set the boot override: ${task.reason}`;
      return failed(reason, 'machine_failed');
    }
  }
  return waiting({ ...progress, looks: progress.looks + 1, taskLink: null }, secondsBetweenLooks);
}

function waiting(progress: BootProgress, afterSeconds: number): StepOutcome {
  return { kind: 'waiting', wake: { afterSeconds }, progress, notes: [] };
}

function shown({ nodeName }: BmcCall, { boot }: FoundSystem): string {
  return `next boot of node ${nodeName} is ${boot.target ?? 'hidden'} (${boot.enabled ?? 'hidden'})`;
}

function done(call: BmcCall, decision: 'set' | 'not_verifiable', system: FoundSystem): StepOutcome {
  const warning = decision === 'set' ? '' : '; warning: it was set, and the BMC does not show it';
  return { kind: 'done', notes: [nodeNote(call.nodeName, `${shown(call, system)}${warning}`)] };
}
