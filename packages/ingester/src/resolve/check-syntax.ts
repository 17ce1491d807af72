import { DrydockError } from '@drydock/model';

/** What a reference must look like as it is written. */
export type CheckSyntax = (reference: string) => void;

/**
 * Of a reference to a server. URL parsers repair much of what is wrong: `http:/x` and `http:///x` would be the host `x`.
 * Throws `design_reference_refused` when it names no host, or its host or port cannot be one.
 */
export function checkServerSyntax(reference: string): void {
  const form = `${schemeOf(reference)}//`;
  const [, authority = ''] = /^[^:]*:\/\/([^/?#\\]*)/.exec(reference) ?? [];
  const host = authority.replace(/^.*@/s, '').replace(/:\d*$/, '');
  if (host === '') throw refuse(`the ${form} reference names no host; write ${form}host/path`);
  // Hosts of schemes that the URL standard does not know are hardly looked at.
  if (URL.canParse(reference) && URL.canParse(reference.replace(/^[^:]*\+/, ''))) return;
  throw refuse(
    `the host or port of the ${form} reference is not valid; correct it, and percent-encode what is special in its user info`,
  );
}

/** Of a reference to a file. Throws `design_reference_refused` when it names none, or by a path that is not absolute. */
export function checkFileSyntax(reference: string): void {
  const [, path = ''] = /^[^:]*:([^?#]*)/.exec(reference) ?? [];
  const example = 'write file:///path/to/design';
  if (/^\/*$/.test(path)) throw refuse(`the file:// reference names no file; ${example}`);
  if (!path.startsWith('/')) throw refuse(`the path of the file:// reference is not absolute; ${example}`);
  if (!URL.canParse(reference)) throw refuse(`the file:// reference is not valid; ${example}`);
}

/** In lower case, with its colon; null for a text without one. */
export function schemeOf(reference: string): string | null {
  const [scheme] = /^\s*[a-z][a-z0-9+.-]*:/i.exec(reference) ?? [];
  return scheme === undefined ? null : scheme.trimStart().toLowerCase();
}

function refuse(message: string): DrydockError {
  return new DrydockError('design_reference_refused', message);
}
