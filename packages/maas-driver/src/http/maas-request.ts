import type { FormFields } from './form-body.js';
import type { CallClass } from './time-limits.js';

export interface MaasRead {
  readonly path: string;
  readonly query?: FormFields;
  readonly limit?: CallClass;
  /** `poll` keeps bulk reads out of the way of the steps' own requests. */
  readonly lane?: 'work' | 'poll';
}

export interface MaasWrite {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly op?: string;
  readonly fields?: FormFields;
  readonly limit?: CallClass;
}

/** One finished request, for metrics and tests; holds no value that was sent. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly op: string | null;
  readonly status: number | null;
  readonly durationMs: number;
}

/** What a request is called in errors and records. */
export interface RequestName {
  readonly method: string;
  readonly path: string;
  readonly op: string | null;
  /** `POST machines/abc123/?op=deploy`, without any value. */
  readonly text: string;
}

export function nameOfRead(request: MaasRead): RequestName {
  const op = request.query?.['op'];
  return named('GET', request.path, typeof op === 'string' ? op : null);
}

export function nameOfWrite(request: MaasWrite): RequestName {
  return named(request.method, request.path, request.op ?? null);
}

function named(method: string, path: string, op: string | null): RequestName {
  return { method, path, op, text: `${method} ${path}${op === null ? '' : `?op=${op}`}` };
}
