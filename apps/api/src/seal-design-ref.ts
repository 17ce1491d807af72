import { DrydockError } from '@drydock/model';
import type { SecretBox } from '@drydock/model/db';

export interface SealedDesignRef {
  readonly designRef: string;
  /** Null when the reference holds no user info. */
  readonly designRefSealed: Buffer | null;
}

/**
 * Takes the user info out of a reference, so that no row, log or answer shows it, and seals the whole for the scheduler.
 * @throws DrydockError `invalid_request` when there is user info and no key to seal it with
 */
export function sealDesignRef(designRef: string, secretBox: SecretBox | null): SealedDesignRef {
  const url = new URL(designRef);
  if (url.username === '' && url.password === '') return { designRef, designRefSealed: null };
  if (secretBox === null) {
    throw new DrydockError(
      'invalid_request',
      'design_ref holds user info and this API has no key to seal it: set DRYDOCK_SECRET_KEY_FILE, or leave it out',
    );
  }
  url.username = '';
  url.password = '';
  return { designRef: url.href, designRefSealed: secretBox.seal(designRef) };
}
