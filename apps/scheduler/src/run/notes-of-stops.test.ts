import { expect, it } from '@jest/globals';
import type { Stop } from '@drydock/model/db';
import { notesOfStops } from './notes-of-stops.js';

const stop = (nodeName: string | null, facts: Partial<Stop> = {}): Stop => {
  return { nodeName, verb: 'deploy_node', hasBegun: true, hasActed: false, ...facts };
};
const texts = (...stops: readonly Stop[]) => notesOfStops(stops).map(({ text }) => text);

it.each([
  ['before a step', { hasBegun: false }, 'the task was terminated; stopped before deploy_node: n1'],
  ['in a step', {}, 'the task was terminated; stopped in the middle of deploy_node: n1'],
  [
    'when its machine goes on by itself',
    { hasActed: true },
    'the task was terminated; stopped in the middle of deploy_node (MAAS goes on deploying what it was told to deploy): n1',
  ],
  [
    'in a step that leaves nothing going on',
    { verb: 'set_node_boot', hasActed: true },
    'the task was terminated; stopped in the middle of set_node_boot: n1',
  ],
] as const)('a node that stopped %s is told of, as an error about it', (_case, facts, text) => {
  expect(notesOfStops([stop('n1', facts)])).toEqual([{ text, isError: true, contextType: 'node', context: 'n1' }]);
});

it('nodes that stopped at the same place share a message', () => {
  const before = { hasBegun: false };
  expect(texts(stop('n1', before), stop('n2'), stop('n3', before))).toEqual([
    'the task was terminated; stopped before deploy_node: n1, n3',
    'the task was terminated; stopped in the middle of deploy_node: n2',
  ]);
});

it('a message names at most a hundred nodes, and all messages together every one', () => {
  const stops = Array.from({ length: 250 }, (_, index) => stop(`n${index}`));
  const notes = notesOfStops(stops);
  expect(notes.map(({ text }) => text.split(', ').length)).toEqual([100, 100, 50]);
  expect(notes.map(({ context }) => context)).toEqual(['NA', 'NA', 'NA']);
});

it('steps of the whole site are named themselves', () => {
  expect(
    texts(
      stop(null, { verb: 'create_network_template' }),
      stop(null, { verb: 'configure_user_credentials', hasBegun: false }),
    ),
  ).toEqual([
    'the task was terminated; stopped in the middle: create_network_template',
    'the task was terminated; never begun: configure_user_credentials',
  ]);
});

it('nothing is told when everything came to its end', () => {
  expect(notesOfStops([])).toEqual([]);
});
