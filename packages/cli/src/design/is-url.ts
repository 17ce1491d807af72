/**
 * Whether a REF of the command line, or the source of a finding, is meant as a URL; anything else is a path. What begins
 * with a scheme of designs is, though it lack its slashes: `./http:x` is the path.
 */
export function isUrl(reference: string): boolean {
  return /^([a-z][a-z0-9+.-]*:\/\/|(file|((deckhand|promenade)\+)?https?):)/i.test(reference);
}
