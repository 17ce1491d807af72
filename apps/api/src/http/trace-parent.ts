import type { IncomingHttpHeaders } from 'node:http';

/** The caller's W3C trace context, unchecked; null when it sent none, or more than one. */
export function traceParent(headers: IncomingHttpHeaders): string | null {
  const header = headers['traceparent'];
  return typeof header === 'string' ? header : null;
}
