import { DrydockError } from '@drydock/model';
import { checkHost, checkLiteralAddress } from './check-address.js';
import { designPath } from './file/design-path.js';
import { isListedHost } from './listed-host.js';
import type { ReferencePolicy } from './reference-policy.js';

/** A reference that may be followed, as far as this can be told without looking anything up. */
export type CheckedReference =
  | { readonly via: 'file'; readonly path: string }
  | {
      readonly via: 'http';
      /** What is asked; with the user info of the reference. */
      readonly url: URL;
      readonly needsKeystone: boolean;
    };

type CheckScheme = (url: URL, policy: ReferencePolicy) => CheckedReference;

const schemes: Readonly<Record<string, CheckScheme>> = {
  'file:': (url, { fileRoots }) => ({ via: 'file', path: designPath(url, fileRoots) }),
  'http:': checkPlain,
  'https:': checkPlain,
  'deckhand+http:': checkKeystone,
  'deckhand+https:': checkKeystone,
  'promenade+http:': checkKeystone,
  'promenade+https:': checkKeystone,
};

/**
 * Finds what can never work: no URL, an unknown scheme, a missing or refused host, an address or a directory that the
 * policy forbids. Pure: nothing is read and no name is looked up, so whoever resolves the reference checks again.
 * @throws DrydockError `design_reference_refused`; the message never holds user info or a query
 */
export function checkReference(reference: string, policy: ReferencePolicy): CheckedReference {
  if (!URL.canParse(reference)) throw refuse(`the design reference is no URL; write one of ${supportedSchemes()}`);
  const url = new URL(reference);
  const check = Object.hasOwn(schemes, url.protocol) ? schemes[url.protocol] : undefined;
  if (check !== undefined) return check(url, policy);
  throw refuse(`the scheme ${url.protocol} of the design reference is not supported; use one of ${supportedSchemes()}`);
}

function checkPlain(url: URL, policy: ReferencePolicy): CheckedReference {
  checkHost(url, policy);
  checkLiteralAddress(url, policy);
  return { via: 'http', url, needsKeystone: false };
}

function checkKeystone(reference: URL, policy: ReferencePolicy): CheckedReference {
  const scheme = reference.protocol;
  if (policy.keystone === null) {
    throw refuse(`${scheme}// needs a token, and no Keystone is configured; set DRYDOCK_KEYSTONE_AUTH_URL`);
  }
  if (reference.host === '') throw refuse(`the ${scheme}// reference names no host; write ${scheme}//host/path`);
  if (reference.username !== '' || reference.password !== '') {
    throw refuse(`a ${scheme}// reference is authenticated by Keystone; leave its user info out`);
  }
  const url = new URL(reference.href.slice(scheme.indexOf('+') + 1));
  if (!isListedHost(url, policy.keystone.hosts)) {
    throw refuse(`a Keystone token may not be sent to ${url.host}; add it to DRYDOCK_KEYSTONE_HOSTS`);
  }
  checkLiteralAddress(url, keystonePolicy(policy));
  return { via: 'http', url, needsKeystone: true };
}

/** Where a reference with a token may lead: to the named hosts only, whose addresses may be private. */
export function keystonePolicy(policy: ReferencePolicy): ReferencePolicy {
  return { ...policy, allowedHosts: [...policy.allowedHosts, ...(policy.keystone?.hosts ?? [])] };
}

function supportedSchemes(): string {
  return Object.keys(schemes)
    .map((scheme) => `${scheme}//`)
    .join(', ');
}

function refuse(message: string): DrydockError {
  return new DrydockError('design_reference_refused', message);
}
