import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideDatabase } from '@drydock/runtime';
import { embeddedBinariesAt, locateEmbeddedBinaries } from '../src/postgres/embedded-binaries.js';
import { locateSystemBinaries } from '../src/postgres/system-binaries.js';
import { askDatabase } from './ask-database.js';
import { holdDatabase } from './database-holder.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

let scratch: ScratchDirectory;
let copies: string;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
  copies = join(scratch.path, 'binaries');
});
afterAll(() => scratch.remove());

const noSystem = { searchPath: '', versionedRoots: [] };
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

/** A checkout below a private directory cannot be run by another user. */
function canBeReadBy(uid: number): boolean {
  const file = fileURLToPath(import.meta.url);
  return spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', file], { cwd: '/', uid, gid: uid }).status === 0;
}

/** The package as pnpm leaves it when it blocks the postinstall script: without a single link. */
async function installWithoutLinks(into: string): Promise<string> {
  const installed = locateEmbeddedBinaries();
  if (installed === undefined) throw new Error('no embedded Postgres for this platform');
  const root = join(into, 'native');
  await cp(installed.root, root, { recursive: true, verbatimSymlinks: true });
  const records = JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')) as { readonly target: string }[];
  // Links, or copies in their place where pnpm took the package out of its cache of built packages.
  await Promise.all(records.map(({ target }) => rm(join(into, target), { force: true })));
  return root;
}

async function linksIn(root: string): Promise<number> {
  const entries = await readdir(join(root, 'lib'), { withFileTypes: true });
  return entries.filter((entry) => entry.isSymbolicLink()).length;
}

test('DATABASE_URL wins, is used as it is and described without its password', async () => {
  const url = 'postgresql://someone:hunter2@db.invalid:5433/site';
  const database = await provideDatabase({ url, dataDirectory: scratch.fresh('unused') });
  expect(database).toMatchObject({ url, kind: 'given' });
  expect(database.describe()).toBe('PostgreSQL of DATABASE_URL at db.invalid:5433/site');
  await database.close();
});

test('without any Postgres the error is one line that says what to do', async () => {
  const search = { embedded: null, system: noSystem };
  const refused = provideDatabase({ dataDirectory: scratch.fresh('none'), search });
  await expect(refused).rejects.toMatchObject({
    code: 'postgres_not_found',
    message: expect.stringMatching(/^no PostgreSQL to run: set DATABASE_URL, or install one [^\n]*$/),
  });
});

test('links that a blocked postinstall script did not make are made by us', async () => {
  const root = await installWithoutLinks(scratch.fresh('blocked'));
  const records = JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')) as unknown[];
  expect(await linksIn(root)).toBe(0);
  const search = { embedded: embeddedBinariesAt(root) ?? null, system: noSystem, copiesDirectory: copies };
  const database = await provideDatabase({ dataDirectory: scratch.fresh('data'), durable: false, search });
  expect(await linksIn(root)).toBe(records.length);
  expect(await askDatabase(database.url, 'select 1')).toBe(1);
  await database.close();
});

const system = locateSystemBinaries({ searchPath: '' });
if (system.length === 0) {
  process.stderr.write('SKIPPED: a server with the binaries of the system: no PostgreSQL in /usr/lib/postgresql\n');
} else {
  test('an embedded server that does not run here gives way to the one of the system', async () => {
    const broken = scratch.fresh('broken');
    await mkdir(join(broken, 'bin'), { recursive: true });
    const script = '#!/bin/sh\necho "error while loading shared libraries" >&2\nexit 127\n';
    for (const name of ['postgres', 'initdb']) await writeFile(join(broken, 'bin', name), script, { mode: 0o755 });
    const search = {
      embedded: embeddedBinariesAt(broken) ?? null,
      system: { searchPath: '' },
      copiesDirectory: copies,
    };
    const database = await provideDatabase({ dataDirectory: scratch.fresh('data'), search });
    expect(database.kind).toBe('system');
    expect(await askDatabase(database.url, 'show synchronous_commit')).toBe('on');
    await database.close();
  });
}

if (!isRoot) {
  process.stderr.write(
    'SKIPPED: the cases of root (private project, private data directory, missing user): not root\n',
  );
} else {
  describe('as root', () => {
    test('binaries below a private directory are copied once to where the server can reach them', async () => {
      const privateHome = scratch.fresh('private');
      await mkdir(privateHome, { mode: 0o700 });
      const root = await installWithoutLinks(privateHome);
      const search = { embedded: embeddedBinariesAt(root) ?? null, system: noSystem, copiesDirectory: copies };
      const first = await provideDatabase({ dataDirectory: scratch.fresh('data'), durable: false, search });
      await first.close();
      const made = await readdir(copies);
      const { ctimeMs } = await stat(join(copies, made[0] ?? ''));
      const second = await provideDatabase({ dataDirectory: scratch.fresh('data'), durable: false, search });
      expect(await askDatabase(second.url, 'select 1')).toBe(1);
      await second.close();
      expect(made).toEqual([expect.stringMatching(/^postgres-/)]);
      expect(await readdir(copies)).toEqual(made);
      expect((await stat(join(copies, made[0] ?? ''))).ctimeMs).toBe(ctimeMs);
    });

    test('a data directory that the server cannot enter is refused by name, with what to set', async () => {
      const privateHome = scratch.fresh('private');
      await mkdir(privateHome, { mode: 0o700 });
      const dataDirectory = join(privateHome, 'data');
      await expect(provideDatabase({ dataDirectory })).rejects.toMatchObject({
        code: 'data_directory_unreachable',
        message: expect.stringContaining(`${dataDirectory}; set DRYDOCK_DATA_DIR`),
      });
    });

    test('where there is no user postgres the server runs as nobody, and stays so', async () => {
      const passwdFile = scratch.fresh('passwd');
      await writeFile(passwdFile, 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
      const dataDirectory = scratch.fresh('data');
      const first = await provideDatabase({ dataDirectory, durable: false, search: { passwdFile } });
      expect(await askDatabase(first.url, 'select 1')).toBe(1);
      await first.close();
      expect((await stat(join(dataDirectory, 'postgres', 'cluster'))).uid).toBe(nobody);
      // With the system's own list, which may hold a user postgres, the owner of the files still counts.
      const second = await provideDatabase({ dataDirectory, durable: false });
      await second.close();
      expect((await stat(join(dataDirectory, 'postgres', 'cluster'))).uid).toBe(nobody);
    });

    if (!canBeReadBy(nobody)) {
      process.stderr.write('SKIPPED: the server of another user than root: this checkout is closed to others\n');
      return;
    }

    test('another user than root runs the server as itself', async () => {
      const dataDirectory = scratch.fresh('home');
      await mkdir(dataDirectory, { mode: 0o700 });
      await chown(dataDirectory, nobody, nobody);
      await chmod(scratch.path, 0o711);
      const holder = await holdDatabase(dataDirectory, nobody);
      expect(holder.kind).toBe('embedded');
      expect(await askDatabase(holder.url, 'select 1')).toBe(1);
      await holder.end('SIGTERM');
      expect((await stat(join(dataDirectory, 'postgres', 'cluster'))).uid).toBe(nobody);
    });
  });
}
