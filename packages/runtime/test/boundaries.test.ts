import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainFiles, rightFiles, wrongFiles } from './fixtures/wrong-tree.js';
import { makeScratchDirectory, type ScratchDirectory } from './scratch-directory.js';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

interface Verdict {
  readonly status: number;
  readonly violations: readonly Violation[];
}

/** Runs the project's own rules over a tree, as the test command does over the project. */
function cruise(tree: string): Promise<Verdict> {
  const program = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(projectRoot, '.dependency-cruiser.cjs');
  // The JSON reporter always ends with 0; the reporter of the test command counts errors.
  const run = (reporter: string): Promise<{ status: number; output: string }> =>
    new Promise((resolve) => {
      const args = [program, '--config', config, '--output-type', reporter, 'apps', 'packages', 'bench'];
      execFile(process.execPath, args, { cwd: tree, maxBuffer: 1 << 26 }, (error, output) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, output }),
      );
    });
  return Promise.all([run('json'), run('err')]).then(([json, err]) => ({
    status: err.status,
    violations: (JSON.parse(json.output) as { summary: { violations: Violation[] } }).summary.violations,
  }));
}

async function writeTree(tree: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, source] of Object.entries(files)) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), `${source}\n`);
  }
}

let scratch: ScratchDirectory;
let wrong: Verdict;
beforeAll(async () => {
  scratch = await makeScratchDirectory();
  const tree = scratch.fresh('wrong');
  await writeTree(tree, { ...plainFiles, ...Object.fromEntries(Object.values(wrongFiles)) });
  wrong = await cruise(tree);
});
afterAll(() => scratch.remove());

test('a wrong tree fails the command', () => {
  expect(wrong.status).toBeGreaterThan(0);
});

test.each(Object.entries(wrongFiles))('the rule %s refuses %j', (rule, [file]) => {
  const found = wrong.violations.filter(({ from }) => from === file).map((one) => [one.rule.name, one.rule.severity]);
  expect(found).toContainEqual([rule, 'error']);
});

test('every rule has its wrong file', async () => {
  const { default: config } = (await import(join(projectRoot, '.dependency-cruiser.cjs'))) as {
    default: { forbidden: { name: string }[] };
  };
  expect(config.forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(wrongFiles).toSorted());
});

test('a right tree passes', async () => {
  const tree = scratch.fresh('right');
  const { 'packages/oob-driver/src/two.ts': _circular, ...plain } = plainFiles;
  await writeTree(tree, { ...plain, ...rightFiles });
  expect(await cruise(tree)).toEqual({ status: 0, violations: [] });
});
