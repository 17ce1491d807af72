import type { ErrorClass } from '@drydock/model';

/** Why a driver was not even called: trying again would not help. Becomes a failed outcome. */
export class Refusal {
  constructor(
    readonly errorClass: ErrorClass,
    readonly reason: string,
  ) {}
}
