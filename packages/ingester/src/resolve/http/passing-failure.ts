import { DrydockError } from '@drydock/model';

/** The design could not be had now, but perhaps with a further attempt. */
export class PassingFailure extends DrydockError {
  /** What the server asks for; null: it does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(message: string, facts: { readonly cause?: unknown; readonly retryAfterSeconds?: number | null } = {}) {
    super('design_unavailable', message, { cause: facts.cause });
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}
