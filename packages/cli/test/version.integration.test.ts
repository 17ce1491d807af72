import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { productVersion } from '../src/product-version.js';
import { runCommand } from './run-command.js';

test.each(['--version', '-V', 'version'])('%s prints the version and that of Node', async (word) => {
  const ran = await runCommand([word], { version: '1.2.3', nodeVersion: '22.1.0' });
  expect(ran).toEqual({ code: 0, out: 'drydock 1.2.3 (Node 22.1.0)\n', err: '' });
});

test('the version is that of the package', async () => {
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  expect(productVersion()).toBe(manifest.version);
  expect(manifest.version).toMatch(/^\d+\.\d+\.\d+/);
});

test('help names both ways', async () => {
  const { out } = await runCommand(['--help']);
  expect(out).toMatch(/-V, --version/);
  expect(out).toMatch(/^ {2}version +print the version/m);
});
