import { apiPath } from './routes.js';

/** Takes the address with or without a trailing slash, and with or without the path of the API. */
export function publicApiUrl(url: string): string {
  const plain = url.replace(/\/+$/, '');
  return plain.endsWith(apiPath) ? plain : `${plain}${apiPath}`;
}
