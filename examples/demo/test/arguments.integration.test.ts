import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What the demo prints, and how it ends, with arguments that start nothing. */
function demo(...words: readonly string[]) {
  const entry = 'examples/demo/main.ts';
  const started = spawnSync(process.execPath, ['--conditions=drydock-source', '--import', 'tsx', entry, ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status: started.status, stdout: started.stdout, stderr: started.stderr };
}

test('--help tells how the demo is used and ends with 0', () => {
  expect(demo('--help')).toEqual({ status: 0, stdout: expect.stringMatching(/^npm run demo \[-- /), stderr: '' });
});

test('what it does not know is refused on standard error, and it ends with 2', () => {
  const { status, stdout, stderr } = demo('--kept');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/'--kept'[^]*npm run demo \[-- /);
});
