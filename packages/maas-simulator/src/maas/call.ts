import type { World } from '../world/world.js';
import type { Form } from './form.js';

/** Somebody with an API key. */
export interface User {
  readonly username: string;
  readonly email: string;
  readonly isSuperuser: boolean;
  /** `consumer:token:secret`. */
  readonly apiKey: string;
}

/** One request, decoded. */
export interface Call {
  readonly world: World;
  /** Everybody who has a key. */
  readonly users: readonly User[];
  readonly user: User;
  readonly method: string;
  readonly path: string;
  readonly op: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Form;
  readonly form: Form;
  /** What the request was about, for the journal; the path unless a handler knows better. */
  objectId: string | null;
}

/** An answer. */
export interface Reply {
  readonly statusCode: number;
  readonly body: string | Buffer;
  readonly contentType: string;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

export type Access = 'anonymous' | 'user' | 'admin';

/** One cell of the endpoint catalogue: who may, and what happens. */
export interface Endpoint {
  readonly access: Access;
  readonly run: Handler;
}

/** A path with one endpoint per `METHOD` or `METHOD op`. */
export interface Route {
  readonly path: string;
  readonly endpoints: Readonly<Record<string, Endpoint>>;
}

export const anyone = (run: Handler): Endpoint => ({ access: 'anonymous', run });
export const users = (run: Handler): Endpoint => ({ access: 'user', run });
export const admins = (run: Handler): Endpoint => ({ access: 'admin', run });

/** 200 with a JSON value. */
export function json(value: unknown, statusCode = 200): Reply {
  return jsonText(JSON.stringify(value), statusCode);
}

/** 200 with JSON that is already text. */
export function jsonText(body: string, statusCode = 200): Reply {
  return { statusCode, body, contentType: 'application/json; charset=utf-8' };
}

/** 200 with plain text. */
export function text(body: string): Reply {
  return { statusCode: 200, body, contentType: 'text/plain; charset=utf-8' };
}

/** 204. */
export const noContent: Reply = { statusCode: 204, body: '', contentType: 'text/plain; charset=utf-8' };
