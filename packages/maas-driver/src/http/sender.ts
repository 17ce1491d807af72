import type { Got, Response } from 'got';
import { failureOfResponse, failureWithoutResponse } from './classify-failure.js';
import { formBody } from './form-body.js';
import { MaasError } from './maas-error.js';
import {
  nameOfRead,
  nameOfWrite,
  type MaasRead,
  type MaasWrite,
  type RequestName,
  type RequestRecord,
} from './maas-request.js';
import type { Redactor } from './redactor.js';
import type { CallClass, TimeLimits } from './time-limits.js';

export interface SenderParts {
  readonly got: Got;
  readonly baseUrl: string;
  readonly timeLimits: TimeLimits;
  readonly redact: Redactor;
  readonly onRequest: (record: RequestRecord) => void;
}

/** Sends one request and turns every failure into a `MaasError`. */
export interface Sender {
  read(request: MaasRead, signal: AbortSignal): Promise<Buffer>;
  /** @param sendBefore monotonic time after which nothing is sent any more */
  write(request: MaasWrite, signal: AbortSignal, sendBefore: number): Promise<Buffer>;
}

export function createSender(parts: SenderParts): Sender {
  return {
    read: (request, signal) =>
      finish(parts, nameOfRead(request), () =>
        parts.got.get(request.path, {
          searchParams: formBody(request.query ?? {}),
          signal,
          timeout: timeoutOf(parts, request.limit ?? 'readSeconds'),
        }),
      ),
    write: (request, signal, sendBefore) => {
      const name = nameOfWrite(request);
      return finish(parts, name, () =>
        parts.got(request.path, {
          method: request.method,
          searchParams: request.op === undefined ? '' : formBody({ op: request.op }),
          ...(request.method === 'DELETE' ? {} : formOptions(request)),
          signal,
          timeout: timeoutOf(parts, request.limit ?? 'writeSeconds'),
          hooks: { beforeRequest: [() => refuseLateWrite(name, sendBefore)] },
        }),
      );
    },
  };
}

type PlainResponse = Pick<Response, 'statusCode' | 'headers' | 'rawBody'>;

async function finish(parts: SenderParts, name: RequestName, send: () => Promise<PlainResponse>): Promise<Buffer> {
  const startedAt = performance.now();
  let status: number | null = null;
  try {
    const response = await send();
    status = response.statusCode;
    const body = Buffer.from(response.rawBody);
    if (status >= 200 && status < 300) return body;
    const failed = { statusCode: status, headers: response.headers, text: body.toString('utf8') };
    throw failureOfResponse({ text: name.text, baseUrl: parts.baseUrl }, failed, parts.redact);
  } catch (error) {
    throw (
      maasErrorIn(error) ?? failureWithoutResponse({ text: name.text, baseUrl: parts.baseUrl }, error, parts.redact)
    );
  } finally {
    const { method, path, op } = name;
    parts.onRequest({ method, path, op, status, durationMs: performance.now() - startedAt });
  }
}

function timeoutOf(parts: SenderParts, limit: CallClass) {
  return { connect: parts.timeLimits.connectSeconds * 1000, request: parts.timeLimits[limit] * 1000 };
}

function formOptions(request: MaasWrite) {
  return {
    body: formBody(request.fields ?? {}),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

/** got wraps what a hook throws. */
function maasErrorIn(error: unknown): MaasError | null {
  if (error instanceof MaasError) return error;
  return error instanceof Error && error.cause instanceof MaasError ? error.cause : null;
}

/** The lease may be gone after `sendBefore`; somebody else may act by then (house §3.7). */
function refuseLateWrite(name: RequestName, sendBefore: number): void {
  if (performance.now() <= sendBefore) return;
  throw new MaasError('not_sent', `${name.text} was not sent: its lease may have passed to another worker`, {
    status: null,
    text: '',
    retryAfterSeconds: null,
  });
}
