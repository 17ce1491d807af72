import { errorClasses, verbs } from '@drydock/model';
import type { ShownMessage, ShownStep } from '@drydock/model/db';
import type { MessageDocument } from './documents.js';
import { messageDocument } from './status-document.js';
import { timestamp } from './timestamp.js';

/**
 * The messages of a step. An end that nobody wrote a message about still says what happened: a failure and a step
 * that was cancelled always show an error with their reason, and a look-up that found nothing says so.
 */
export function stepMessages(step: ShownStep, messages: readonly ShownMessage[]): readonly MessageDocument[] {
  const written = messages.map(messageDocument);
  if ((step.end === 'failed' || step.end === 'cancelled') && !written.some(({ error }) => error))
    return [...written, ending(step, true)];
  if (step.end === 'absent' && written.length === 0) return [...written, ending(step, false)];
  return written;
}

function ending(step: ShownStep, isError: boolean): MessageDocument {
  return {
    message: isError ? failureText(step) : `${step.nodeName ?? 'what was looked for'} is not there`,
    error: isError,
    context_type: step.nodeName === null ? 'NA' : 'node',
    context: step.nodeName ?? 'NA',
    ts: timestamp(step.endedAt ?? step.updatedAt ?? step.firstAdmittedAt ?? new Date(0).toISOString()),
    extra: {},
  };
}

function failureText(step: ShownStep): string {
  if (step.reason !== null) return step.reason;
  const action = verbs[step.verb].apiAction;
  return step.errorClass === null ? `${action} failed` : `${action} failed: ${errorClasses[step.errorClass].meaning}`;
}
