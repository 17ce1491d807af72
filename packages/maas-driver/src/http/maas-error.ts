import { DrydockError, type ErrorClass, type ErrorCode } from '@drydock/model';

interface KindRow {
  readonly code: ErrorCode;
  readonly errorClass: ErrorClass;
  /** What a write that ended so did to the machine. */
  readonly effect: 'refused' | 'not_done' | 'unknown';
  /** Asking again may help: the step throws or waits. Otherwise it fails. */
  readonly isTransient: boolean;
}

/** Every way in which a request to MAAS fails (reference 04 ). */
export const maasErrorKinds = {
  authentication: {
    code: 'provisioner_refused',
    errorClass: 'authentication',
    effect: 'refused',
    isTransient: false,
  },
  forbidden: { code: 'provisioner_refused', errorClass: 'not_owned', effect: 'refused', isTransient: false },
  not_found: { code: 'provisioner_refused', errorClass: 'not_found', effect: 'refused', isTransient: false },
  validation: { code: 'provisioner_refused', errorClass: 'invalid_design', effect: 'refused', isTransient: false },
  conflict: { code: 'provisioner_refused', errorClass: 'conflict', effect: 'refused', isTransient: false },
  /** 409 or 503 with `Retry-After`: MAAS rolled its transaction back. */
  busy: { code: 'provisioner_unavailable', errorClass: 'unavailable', effect: 'not_done', isTransient: true },
  /** Nothing was sent: refused connection, unknown host, or too late for the lease. */
  not_sent: { code: 'provisioner_unavailable', errorClass: 'unavailable', effect: 'not_done', isTransient: true },
  unavailable: { code: 'provisioner_unavailable', errorClass: 'unavailable', effect: 'unknown', isTransient: true },
  /** 500: for a request that touches a BMC it means accepted, then undone (reference 04 §15.5). */
  server_failed: { code: 'provisioner_unavailable', errorClass: 'unavailable', effect: 'unknown', isTransient: true },
  timeout: { code: 'provisioner_unavailable', errorClass: 'timeout', effect: 'unknown', isTransient: true },
  /** An answer that is not what the API says. */
  protocol: { code: 'provisioner_unavailable', errorClass: 'unavailable', effect: 'unknown', isTransient: true },
} as const satisfies Record<string, KindRow>;

export type MaasErrorKind = keyof typeof maasErrorKinds;

export interface MaasErrorFacts {
  readonly status: number | null;
  /** MAAS's own text, redacted and bounded. */
  readonly text: string;
  readonly retryAfterSeconds: number | null;
}

/** Of a failure about which no answer of MAAS tells more. */
export const noFacts: MaasErrorFacts = { status: null, text: '', retryAfterSeconds: null };

/** A request to MAAS that failed; the message names the request, MAAS's text and the next action. */
export class MaasError extends DrydockError {
  constructor(
    readonly kind: MaasErrorKind,
    message: string,
    readonly facts: MaasErrorFacts,
    options?: { readonly cause?: unknown },
  ) {
    super(maasErrorKinds[kind].code, message, options);
    this.name = 'MaasError';
  }
}

export function isMaasError(error: unknown, kind?: MaasErrorKind): error is MaasError {
  return error instanceof MaasError && (kind === undefined || error.kind === kind);
}
