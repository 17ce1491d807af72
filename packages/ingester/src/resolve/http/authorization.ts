import { unescape } from 'node:querystring';

/** What shows who asks; it goes to the origin that the reference names and to no other. */
export interface Authorization {
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** After a 401: true when it pays to ask once more, with fresh headers. */
  renew(): boolean;
}

/** Basic authentication by the user info of a URL; nothing if it has none. */
export function userInfoAuthorization({ username, password }: URL): Authorization {
  const userInfo = `${unescape(username)}:${unescape(password)}`;
  const headers = userInfo === ':' ? {} : { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` };
  return { headers: () => Promise.resolve(headers), renew: () => false };
}
