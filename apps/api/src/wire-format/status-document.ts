import type { ShownMessage } from '@drydock/model/db';
import type { MessageDocument, StatusDocument } from './documents.js';
import { timestamp } from './timestamp.js';

/** What differs between the results of a task, a stage and a step. */
export type Verdict = Pick<StatusDocument, 'status' | 'successes' | 'failures'> &
  Partial<Pick<StatusDocument, 'message' | 'reason' | 'links'>>;

/** The result object of a task (reference 01 §2.4). `extra` is an object, where the original sent JSON inside a string. */
export function statusDocument(verdict: Verdict, messageList: readonly MessageDocument[]): StatusDocument {
  return {
    kind: 'Status',
    apiVersion: 'v1.0',
    metadata: {},
    message: verdict.message ?? null,
    reason: verdict.reason ?? null,
    status: verdict.status,
    successes: verdict.successes,
    failures: verdict.failures,
    links: verdict.links ?? [],
    details: { errorCount: messageList.filter(({ error }) => error).length, messageList },
  };
}

export function messageDocument(message: ShownMessage): MessageDocument {
  return {
    message: message.text,
    error: message.isError,
    context_type: message.contextType,
    context: message.context,
    ts: timestamp(message.at),
    extra: message.extra,
  };
}
