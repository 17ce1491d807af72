/** Whether a REF of the command line, or the source of a finding, is a URL; anything else is a path. */
export function isUrl(reference: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(reference) && URL.canParse(reference);
}
