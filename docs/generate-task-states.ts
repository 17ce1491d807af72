import { writeFile } from 'node:fs/promises';
import { renderTaskStates } from './render-task-states.js';

/** `node --conditions=drydock-source --import tsx docs/generate-task-states.ts` after a change of the moves. */
await writeFile(new URL('task-states.md', import.meta.url), renderTaskStates());
