import { type ErrorCode, errorCodes, isDrydockError } from '@drydock/model';
import { isDatabaseUnavailable } from '@drydock/model/db';
import type { Answer } from './answer.js';
import { HttpRefusal } from './http-refusal.js';

/** The envelope of every error (reference 01, E1). */
export function envelope(message: string, retry: boolean): Readonly<Record<string, unknown>> {
  return { type: 'error', message, retry };
}

/** Where we know how long to wait before the same request may succeed. */
const retryAfterSeconds: Partial<Readonly<Record<ErrorCode, number>>> = {
  overloaded: 2,
  work_exceeded: 30,
  too_many_tasks: 30,
};

/** body-parser's `type` of an error, or its HTTP status, and what the client should know. */
const bodyProblems: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'the body is not JSON; send a JSON object',
  'request.aborted': 'the body ended early; send it again',
  'request.size.invalid': 'the body is not as long as its Content-Length says; send it again',
};

/** Whatever was thrown, as the client may see it: never a stack, never the text of an unknown error. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof HttpRefusal) {
    return { status: error.status, body: envelope(error.message, false), headers: error.headers };
  }
  if (isDrydockError(error)) {
    const { status, retry } = errorCodes[error.code];
    const seconds = retryAfterSeconds[error.code];
    const headers = seconds === undefined ? {} : { 'Retry-After': String(seconds) };
    return { status, body: envelope(error.message, retry), headers };
  }
  if (isDatabaseUnavailable(error)) {
    return { status: 503, body: envelope('the database does not answer; try again in a few seconds', true) };
  }
  return (
    frameworkAnswer(error) ?? {
      status: 500,
      body: envelope('internal error; its cause is in the log of the API', false),
    }
  );
}

/** Errors of Express and body-parser carry a 4xx status; their texts may quote the body and are not passed on. */
function frameworkAnswer(error: unknown): Answer | null {
  if (!(error instanceof Error)) return null;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  if (status < 400 || status > 499) return null;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  return { status, body: envelope(bodyProblems[type] ?? frameworkText(status), false) };
}

const statusTexts: Readonly<Record<number, string>> = {
  400: 'the request is malformed: its body or the percent-encoding of its path cannot be read',
  413: 'the body is larger than 1 MiB; send less',
  415: 'the character set or the encoding of the body is not supported; send plain UTF-8',
};

function frameworkText(status: number): string {
  return statusTexts[status] ?? 'the request cannot be read';
}
