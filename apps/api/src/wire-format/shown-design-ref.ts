/** A reference as it may be shown: without user info, which is a credential. */
export function shownDesignRef(reference: string): string {
  if (!URL.canParse(reference)) return '[not a URI]';
  const url = new URL(reference);
  if (url.username === '' && url.password === '') return reference;
  url.username = '';
  url.password = '';
  return url.href;
}
