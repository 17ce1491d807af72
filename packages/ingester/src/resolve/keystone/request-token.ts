import { DrydockError } from '@drydock/model';
import { readBody } from '../http/read-body.js';
import { statusFailure, type Expectation } from '../http/status-failure.js';
import { withResponse } from '../http/with-response.js';
import { printableUrl } from '../printable-url.js';
import type { KeystoneAccount, KeystoneName, KeystoneSettingNames, ReferencePolicy } from '../reference-policy.js';
import { appSettingNames } from './setting-names.js';

export interface KeystoneToken {
  readonly text: string;
  /** Of the wall clock. */
  readonly expiresAtMs: number;
}

const maxAnswerBytes = 1024 * 1024;

function expectationOf({ authUrl, username, password }: KeystoneSettingNames): Expectation {
  const wrongUrl = `check ${authUrl}`;
  return {
    wanted: 'a token',
    nextActions: {
      301: wrongUrl,
      302: wrongUrl,
      307: wrongUrl,
      308: wrongUrl,
      400: 'check the domains and the project of the Keystone account',
      401: `check ${username} and ${password}, the domains and the project`,
      403: 'give the Keystone account a role in its project',
      404: wrongUrl,
    },
  };
}

/**
 * Asks Keystone for a token (Identity API v3, `POST /v3/auth/tokens`). Its host is the configuration's choice, so only
 * redirects are refused: the request holds the password.
 * @throws DrydockError `design_unavailable`; the message holds neither password nor token
 */
export async function requestToken(
  account: KeystoneAccount,
  context: { readonly policy: ReferencePolicy; readonly signal: AbortSignal },
): Promise<KeystoneToken> {
  const url = tokensUrl(account.authUrl);
  const place = `Keystone at ${printableUrl(url)}`;
  const { settingNames = appSettingNames } = account;
  const headers = { accept: 'application/json' };
  return await withResponse({ url, place, headers, json: tokenRequest(account) }, context, async (response, stream) => {
    if (response.statusCode !== 201) throw statusFailure(place, response, expectationOf(settingNames));
    const body = await readBody(response, stream, { place, maxBytes: maxAnswerBytes });
    const token = tokenOf(response.headers['x-subject-token'], body);
    if (token !== null) return token;
    throw new DrydockError(
      'design_unavailable',
      `${place} gave no token with an expiry; check ${settingNames.authUrl}`,
    );
  });
}

function tokensUrl(authUrl: string): URL {
  const base = new URL(authUrl);
  const path = base.pathname.replace(/\/+$/, '');
  base.pathname = `${path.endsWith('/v3') ? path : `${path}/v3`}/auth/tokens`;
  // The catalogue of services, often most of the answer, is not needed.
  base.search = '?nocatalog';
  return base;
}

function tokenRequest({ username, password, userDomain, project, projectDomain }: KeystoneAccount): unknown {
  const user = { name: username, domain: userDomain, password };
  const scope = project === null ? {} : { scope: { project: projectOf(project, projectDomain) } };
  return { auth: { identity: { methods: ['password'], password: { user } }, ...scope } };
}

function projectOf(project: KeystoneName, domain: KeystoneName): unknown {
  return 'id' in project ? project : { ...project, domain };
}

function tokenOf(text: string | readonly string[] | undefined, body: Uint8Array): KeystoneToken | null {
  const expiresAtMs = Date.parse(expiryOf(body) ?? '');
  return typeof text === 'string' && text !== '' && Number.isFinite(expiresAtMs) ? { text, expiresAtMs } : null;
}

function expiryOf(body: Uint8Array): string | null {
  try {
    const { token } = JSON.parse(new TextDecoder().decode(body)) as {
      readonly token?: { readonly expires_at?: unknown };
    };
    return typeof token?.expires_at === 'string' ? token.expires_at : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
