import { DrydockError, type ErrorClass } from '@drydock/model';

/** What cannot work, however often it is tried. */
export class BmcRefusal extends DrydockError {
  constructor(
    readonly errorClass: ErrorClass,
    message: string,
  ) {
    super('bmc_refused', message);
  }
}
