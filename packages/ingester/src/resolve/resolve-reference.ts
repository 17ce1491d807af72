import { DrydockError } from '@drydock/model';
import { fetchDesign } from './fetch-design.js';
import { readDesignFile } from './read-design-file.js';
import type { ReferencePolicy, ResolvedReference } from './reference-policy.js';

type Resolve = (url: URL, policy: ReferencePolicy, signal: AbortSignal) => Promise<ResolvedReference>;

const schemes: Readonly<Record<string, Resolve>> = {
  'file:': readDesignFile,
  'http:': fetchDesign,
  'https:': fetchDesign,
};

/**
 * The bytes behind a design reference. Reads, never writes, may be repeated; nothing is cached, failures least of all.
 * Throws `design_reference_refused` (the reference or the policy forbids it), `design_unavailable` (there, but not to
 * be had), `design_too_large`.
 */
export async function resolveReference(
  reference: string,
  policy: ReferencePolicy,
  signal: AbortSignal,
): Promise<ResolvedReference> {
  if (!URL.canParse(reference)) {
    throw new DrydockError(
      'design_reference_refused',
      `the design reference is no URL; write one of ${supportedSchemes()}`,
    );
  }
  const url = new URL(reference);
  const resolve = Object.hasOwn(schemes, url.protocol) ? schemes[url.protocol] : undefined;
  if (resolve === undefined) {
    throw new DrydockError(
      'design_reference_refused',
      `the scheme ${url.protocol} of the design reference is not supported; use one of ${supportedSchemes()}`,
    );
  }
  return await resolve(url, policy, signal);
}

function supportedSchemes(): string {
  return Object.keys(schemes)
    .map((scheme) => `${scheme}//`)
    .join(', ');
}
