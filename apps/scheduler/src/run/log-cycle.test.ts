import { expect, it } from '@jest/globals';
import { type Log, silentLog } from '@drydock/runtime';
import { plannedStep } from '../../test/plan-builders.js';
import { logCycle } from './log-cycle.js';
import { freshStep } from './run-state.js';

it('every move that the scheduler made is one line, with what is needed to find it', () => {
  const lines: unknown[] = [];
  const write = (level: string) => (message: string, fields?: object) => void lines.push([level, message, fields]);
  const log: Log = { ...silentLog, debug: write('debug'), info: write('info'), warn: write('warn') };
  const step = freshStep('s7', plannedStep(7, { attempt: 2 }), []);
  logCycle(log, {
    ownMoves: (['admit', 'due', 'skip'] as const).map((event) => ({ event, step })),
    fresh: [{ steps: [plannedStep(8, { attempt: 3 }), plannedStep(9)], delaySeconds: 5 }],
    exhausted: [{ step, budget: 'bmc:1' }],
    shutGroups: ['bmc:1'],
  });
  const facts = { stepId: 's7', verb: 'noop', nodeName: 'n1', attempt: 2 };
  expect(lines).toEqual([
    ['debug', 'step moved', { move: 'admit', ...facts }],
    ['debug', 'step moved', { move: 'due', ...facts }],
    ['info', 'step moved', { move: 'skip', ...facts }],
    ['info', 'attempt added', { verb: 'noop', nodeName: 'n1', attempt: 3, steps: 2, delaySeconds: 5 }],
    ['warn', 'retry budget used up', { budget: 'bmc:1', ...facts }],
    ['warn', 'group shut, an effect is unknown', { group: 'bmc:1', seconds: 300 }],
  ]);
});
