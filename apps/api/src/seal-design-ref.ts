import { DrydockError } from '@drydock/model';
import type { SecretBox } from '@drydock/model/db';
import { hideReferenceSecrets } from './hide-reference-secrets.js';

export interface SealedDesignRef {
  readonly designRef: string;
  /** Null when the reference holds nothing that looks like a credential. */
  readonly designRefSealed: Buffer | null;
}

/**
 * Takes user info and credential-like parameters out of a reference, so that no row, log or answer shows them, and seals
 * the whole for the scheduler.
 * @throws DrydockError `invalid_request` when there are some and no key to seal them with
 */
export function sealDesignRef(designRef: string, secretBox: SecretBox | null): SealedDesignRef {
  const shown = hideReferenceSecrets(designRef);
  if (shown === designRef) return { designRef, designRefSealed: null };
  if (secretBox === null) {
    throw new DrydockError(
      'invalid_request',
      'design_ref holds user info or a token and this API has no key to seal it: set DRYDOCK_SECRET_KEY_FILE, or leave it out',
    );
  }
  return { designRef: shown, designRefSealed: secretBox.seal(designRef) };
}
