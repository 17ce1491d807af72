import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { renderTaskStates } from '../../../docs/render-task-states.js';

it('docs/task-states.md is what the tables of moves say; else run docs/generate-task-states.ts', async () => {
  const committed = await readFile(new URL('../../../docs/task-states.md', import.meta.url), 'utf8');
  expect(committed).toBe(renderTaskStates());
});
