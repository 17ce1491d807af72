import { DrydockError } from '@drydock/model';
import { checkHost, checkLiteralAddress } from './check-address.js';
import { type CheckSyntax, checkFileSyntax, checkServerSyntax, schemeOf } from './check-syntax.js';
import { designPath } from './file/design-path.js';
import { appSettingNames } from './keystone/setting-names.js';
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

interface Scheme {
  readonly checkSyntax: CheckSyntax;
  readonly check: (url: URL, policy: ReferencePolicy) => CheckedReference;
}

const file: Scheme = { checkSyntax: checkFileSyntax, check: checkFile };
const plain: Scheme = { checkSyntax: checkServerSyntax, check: checkPlain };
const withToken: Scheme = { checkSyntax: checkServerSyntax, check: checkKeystone };

const schemes: Readonly<Record<string, Scheme>> = {
  'file:': file,
  'http:': plain,
  'https:': plain,
  'deckhand+http:': withToken,
  'deckhand+https:': withToken,
  'promenade+http:': withToken,
  'promenade+https:': withToken,
};

/**
 * Finds what can never work: no URL, an unknown scheme, a missing or refused host, an address or a directory that the
 * policy forbids. Pure: nothing is read and no name is looked up, so whoever resolves the reference checks again.
 * @throws DrydockError `design_reference_refused`; the message never holds user info or a query
 */
export function checkReference(reference: string, policy: ReferencePolicy): CheckedReference {
  const name = schemeOf(reference);
  if (name === null) throw refuse(`the design reference is no URL; write one of ${supportedSchemes()}`);
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined) {
    throw refuse(`the scheme ${name} of the design reference is not supported; use one of ${supportedSchemes()}`);
  }
  scheme.checkSyntax(reference);
  return scheme.check(new URL(reference), policy);
}

function checkFile(url: URL, { fileRoots }: ReferencePolicy): CheckedReference {
  return { via: 'file', path: designPath(url, fileRoots) };
}

function checkPlain(url: URL, policy: ReferencePolicy): CheckedReference {
  checkHost(url, policy);
  checkLiteralAddress(url, policy);
  return { via: 'http', url, needsKeystone: false };
}

function checkKeystone(reference: URL, policy: ReferencePolicy): CheckedReference {
  const scheme = reference.protocol;
  if (policy.keystone === null) {
    const advice = policy.keystoneAdvice ?? `set ${appSettingNames.authUrl}`;
    throw refuse(`${scheme}// needs a token, and no Keystone is configured; ${advice}`);
  }
  if (reference.username !== '' || reference.password !== '') {
    throw refuse(`a ${scheme}// reference is authenticated by Keystone; leave its user info out`);
  }
  const url = new URL(reference.href.slice(scheme.indexOf('+') + 1));
  const { hosts, settingNames = appSettingNames } = policy.keystone;
  if (!isListedHost(url, hosts)) {
    throw refuse(`a Keystone token may not be sent to ${url.host}; add it to ${settingNames.hosts}`);
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
