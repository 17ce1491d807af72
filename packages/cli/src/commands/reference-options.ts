import { Option } from 'commander';
import { nameList } from '../option-values.js';

export const referenceText = 'a file, a URL, or - for standard input';

export function keystoneHosts(): Option {
  return new Option(
    '--keystone-hosts <hosts>',
    'who may be shown the token that a deckhand+http(s) or promenade+http(s) URL needs, joined by commas ' +
      '(DRYDOCK_KEYSTONE_HOSTS); the account is that of OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, …',
  ).argParser((value: string) => nameList(value));
}
