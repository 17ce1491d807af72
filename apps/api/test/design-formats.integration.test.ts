import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silentLog } from '@drydock/runtime';
import { openDesignReader } from '../src/design/open-design-reader.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-api-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(formats: readonly string[]) {
  return openDesignReader(
    {
      policy: {
        fileRoots: [folder],
        allowedHosts: [],
        allowedAddresses: [],
        allowLoopback: false,
        maxBytes: 1024 * 1024,
        connectTimeoutSeconds: 5,
        readTimeoutSeconds: 5,
        totalTimeoutSeconds: 10,
        maxAttempts: 1,
        certificateAuthority: null,
        cache: { lifeSeconds: 0, maxBytes: 0 },
        keystone: null,
      },
      formats,
      threads: 1,
      maxQueued: 1,
      compileTimeoutSeconds: 60,
      cacheBytes: 0,
      cacheSeconds: 0,
    },
    silentLog,
  );
}

test.each([
  [[], false],
  [['native'], false],
  [['deckhand'], true],
])('with the formats %j allowed, a native document is left unread: %s', async (formats, isIgnored) => {
  const file = join(folder, 'rack.yaml');
  await writeFile(file, 'apiVersion: drydock/v1\nkind: Rack\nmetadata: { name: r1 }\nspec: {}\n');
  const designs = open(formats);
  try {
    const { document } = await designs.reader.read(pathToFileURL(file).href, AbortSignal.timeout(30_000));
    expect(new TextDecoder().decode(document).includes('switched off, and was not read')).toBe(isIgnored);
  } finally {
    await designs.close();
  }
});

test('a format that nobody knows stops the start, before any thread', () => {
  expect(() => open(['yaml'])).toThrow(/there is no design format "yaml"; known are deckhand, native/);
});
