import { hideReferenceSecrets } from '../hide-reference-secrets.js';

/** A reference as it may be shown, whatever was stored. */
export function shownDesignRef(reference: string): string {
  return URL.canParse(reference) ? hideReferenceSecrets(reference) : '[not a URI]';
}
