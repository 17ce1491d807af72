import type { ServerResponse } from 'node:http';

/** What a handler says; no body means an empty one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** JSON that is in bytes already, instead of `body`. */
  readonly encodedBody?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends JSON with exactly `application/json` and a length, as the original does (reference 01 §1.0). */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const bytes = answer.encodedBody ?? (answer.body === undefined ? null : Buffer.from(JSON.stringify(answer.body)));
  if (bytes === null) {
    if (answer.status !== 204) response.setHeader('Content-Length', 0);
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', bytes.byteLength);
  response.setHeader('Cache-Control', 'no-store');
  response.end(bytes);
}
