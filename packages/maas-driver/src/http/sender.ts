import type { Response } from 'got';
import { failureOfResponse, failureWithoutResponse } from './classify-failure.js';
import type { Connection, SendContext } from './connection.js';
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

export interface SenderParts {
  readonly got: Connection['got'];
  readonly baseUrl: string;
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
        parts.got[request.limit ?? 'readSeconds'](withQuery(request.path, formBody(request.query ?? {})), { signal }),
      ),
    write: (request, signal, sendBefore) => {
      const name = nameOfWrite(request);
      const { method, op } = request;
      const context: SendContext = { check: () => refuseLateWrite(name, sendBefore) };
      return finish(parts, name, () =>
        parts.got[request.limit ?? 'writeSeconds'](withQuery(request.path, op === undefined ? '' : formBody({ op })), {
          method,
          ...(method === 'DELETE' ? {} : formOptions(request)),
          signal,
          context: { ...context },
        }),
      );
    },
  };
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

type PlainResponse = Pick<Response, 'statusCode' | 'headers' | 'rawBody'>;

async function finish(parts: SenderParts, name: RequestName, send: () => Promise<PlainResponse>): Promise<Buffer> {
  const startedAt = performance.now();
  let status: number | null = null;
  try {
    const response = await send();
    status = response.statusCode;
    const { buffer, byteOffset, byteLength } = response.rawBody;
    const body = Buffer.from(buffer, byteOffset, byteLength);
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
