import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who asks, and how to find this request again (reference 01 §1.0). */
export interface RequestFacts {
  /** Sent back as `X-Drydock-Req`. */
  readonly requestId: string;
  /** The client's own mark; empty when it sent none that counts. */
  readonly externalMarker: string;
  readonly endUser: string;
  readonly user: string;
}

/** The user of everybody as long as nobody is asked who he is. */
export const noAuthUser = 'noauth';

const uuidVersion4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** `X-Context-Marker` counts only as a version-4 UUID; `X-End-User` is a remark, never proof of anything. */
export function requestFacts(headers: IncomingMessage['headers']): RequestFacts {
  const marker = single(headers['x-context-marker']);
  return {
    requestId: randomUUID(),
    externalMarker: uuidVersion4.test(marker) ? marker : '',
    endUser: single(headers['x-end-user']) || noAuthUser,
    user: noAuthUser,
  };
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.trim() : '';
}
