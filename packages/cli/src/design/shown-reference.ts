import { isUrl } from './is-url.js';

/** A REF as it may be printed: a URL without user info, query and fragment. */
export function shownReference(reference: string): string {
  if (!isUrl(reference)) return reference;
  // In one that cannot be read, what is special in a password may have ended the host: up to the last @ all is suspect.
  const userInfo = URL.canParse(reference) ? /^([^:]*:\/*)[^/?#]*@/ : /^([^:]*:\/*).*@/s;
  return reference.replace(userInfo, '$1').replace(/[?#].*$/s, '?…');
}
