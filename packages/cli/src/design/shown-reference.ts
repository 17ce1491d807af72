import { isUrl } from './is-url.js';

/** A password that begins with a slash, or with digits and one, looks like a port and a path. */
const likePort = /^([^:]*:\/*)[^/?#@]*:\d*\/.*@/s;

/** A REF as it may be printed: a URL without user info, query and fragment. What may be a password is cut out. */
export function shownReference(reference: string): string {
  const trimmed = reference.trim();
  if (!isUrl(trimmed)) return /:.*@/s.test(trimmed) ? trimmed.replace(/^.*@/s, '…') : reference;
  // In one that cannot be read, what is special in a password may have ended the host: up to the last @ all is suspect.
  const userInfo = URL.canParse(trimmed) ? /^([^:]*:\/*)[^/?#]*@/ : /^([^:]*:\/*).*@/s;
  const shown = trimmed.replace(userInfo, '$1');
  return (shown === trimmed ? trimmed.replace(likePort, '$1…') : shown).replace(/[?#].*$/s, '?…');
}
