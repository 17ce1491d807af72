/** A URL for people: without user info, query and fragment, any of which may hold a secret. */
export function printableUrl(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.search = '';
  copy.hash = '';
  // An @ in the path may end a password that holds a slash.
  copy.pathname = copy.pathname.replace(/^.*@/s, '/…');
  return url.search === '' ? copy.href : `${copy.href}?…`;
}
