import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';

interface Finished {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
}

const startChannel = 'http.client.request.start';
const finishChannel = 'http.client.response.finish';
const firstFailure = 400;

/** What begins a span below the call in whose course we are; null outside of every call. */
export type BeginChild = (name: string, kind: SpanKind, attributes: Record<string, string | number>) => Span | null;

/** A span for every request over node:http that a call sends, by Node's own diagnostics channels. @returns what ends it */
export function traceHttpRequests(begin: BeginChild): () => void {
  const open = new WeakMap<ClientRequest, Span>();
  const onStart = (message: unknown): void => {
    const { request } = message as { readonly request: ClientRequest };
    const span = begin(request.method, SpanKind.CLIENT, attributesOf(request));
    if (!span) return;
    open.set(request, span);
    const endWithoutAnswer = (): void => {
      if (!open.delete(request)) return;
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer' });
      span.end();
    };
    // The monitor handles nothing: who sent the request still must.
    request.once(errorMonitor, endWithoutAnswer);
    request.once('close', endWithoutAnswer);
  };
  const onFinish = (message: unknown): void => {
    const { request, response } = message as Finished;
    const span = open.get(request);
    if (!span || !open.delete(request)) return;
    const status = response.statusCode ?? 0;
    span.setAttribute('http.response.status_code', status);
    if (status >= firstFailure) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  subscribe(startChannel, onStart);
  subscribe(finishChannel, onFinish);
  return () => {
    unsubscribe(startChannel, onStart);
    unsubscribe(finishChannel, onFinish);
  };
}

/** Queries, headers and bodies stay here: they may hold secrets. */
function attributesOf(request: ClientRequest): Record<string, string | number> {
  const [path = ''] = request.path.split('?');
  const [, port] = /:(\d+)$/.exec(String(request.getHeader('host') ?? '')) ?? [];
  return {
    'http.request.method': request.method,
    'server.address': request.host,
    'url.path': path,
    ...(port === undefined ? {} : { 'server.port': Number(port) }),
  };
}
