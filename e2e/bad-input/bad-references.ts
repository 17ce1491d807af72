import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Site } from '../site/run-site.js';

export interface BadReference {
  readonly name: string;
  /** Relative to the folder of designs if it has no scheme. */
  readonly reference: string;
  readonly message: RegExp;
}

const outside = /is not below a directory that designs may be read from/;
const refused = /has no address that designs may be fetched from/;

/** Nobody needs to look: the API refuses them where they come in. Nothing is sent anywhere. */
export const hopelessReferences: readonly BadReference[] = [
  { name: 'a file outside the roots', reference: 'file:///etc/passwd', message: outside },
  { name: 'a device', reference: 'file:///dev/zero', message: outside },
  { name: 'a way out by dots', reference: '../outside.yaml', message: outside },
  { name: 'a way out by encoded dots', reference: '%2e%2e/outside.yaml', message: outside },
  { name: 'a file of another host', reference: 'file://elsewhere/design.yaml', message: /names no host/ },
  { name: 'this machine', reference: 'http://127.0.0.1:1/design.yaml', message: refused },
  { name: 'this machine by IPv6', reference: 'http://[::1]:1/design.yaml', message: refused },
  { name: 'this machine as one number', reference: 'http://2130706433:1/design.yaml', message: refused },
  { name: 'a private address', reference: 'http://10.0.0.1/design.yaml', message: refused },
  { name: 'the metadata of a cloud', reference: 'http://169.254.169.254/latest/meta-data', message: refused },
  {
    name: 'an unsupported scheme',
    reference: 'ftp://example.test/design.yaml',
    message: /scheme ftp: .* not supported/,
  },
  { name: 'data in the reference', reference: 'data:text/plain,a', message: /scheme data: .* not supported/ },
  {
    name: 'a scheme that needs Keystone, without one',
    reference: 'deckhand+http://deckhand.example.test/api/v1.0/revisions/1/rendered-documents',
    message: /needs a token, and no Keystone is configured/,
  },
];

/** References that somebody must follow to see that they lead nowhere. */
export const badReferences: readonly BadReference[] = [
  { name: 'a file that is not there', reference: 'none.yaml', message: /none\.yaml cannot be read \(ENOENT\)/ },
  {
    name: 'a file that is too large',
    reference: 'large.yaml',
    message: /large\.yaml is larger than the limit of 1048576/,
  },
  { name: 'a folder', reference: 'folder', message: /folder .*(regular file|cannot be read)/ },
  { name: 'a symbolic link out of the roots', reference: 'link.yaml', message: outside },
];

const tooManyBytes = 1024 * 1024 + 1;

/** Makes the files that the references mean. */
export async function makeBadReferences({ folder, designFolder }: Site): Promise<void> {
  await mkdir(join(designFolder, 'folder'));
  await writeFile(join(folder, 'outside.yaml'), 'secret: outside\n');
  await symlink(join(folder, 'outside.yaml'), join(designFolder, 'link.yaml'));
  await writeFile(join(designFolder, 'large.yaml'), '#'.repeat(tooManyBytes));
}

export function fullReference({ designFolder }: Site, reference: string): string {
  return /^[a-z+]+:/.test(reference) ? reference : `${pathToFileURL(designFolder).href}/${reference}`;
}
