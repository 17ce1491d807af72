/** A URL for people: without user info, query and fragment, any of which may hold a secret. */
export function printableUrl(url: URL): string {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.search = '';
  copy.hash = '';
  return url.search === '' ? copy.href : `${copy.href}?…`;
}
