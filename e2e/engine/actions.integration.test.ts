import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { node } from './node.js';
import { type Engine, runEngine } from './run-engine.js';

let engine: Engine;
beforeAll(async () => {
  engine = await runEngine({});
});
afterAll(() => engine.close());

const nodes = ['n01', 'n02', 'n03'].map((name) => node(name));

describe('every action on the scripted driver', () => {
  it.each(['noop', 'verify_nodes', 'prepare_nodes', 'deploy_nodes', 'destroy_nodes', 'relabel_nodes'] as const)(
    '%s ends with every node among the successes',
    async (action) => {
      const ended = await engine.ended(await engine.submit(action, nodes));
      expect(ended).toEqual({
        status: 'complete',
        resultStatus: 'success',
        successes: ['n01', 'n02', 'n03'],
        failures: [],
      });
    },
  );

  it.each(['verify_site', 'prepare_site', 'validate_design'] as const)('%s names no node', async (action) => {
    const ended = await engine.ended(await engine.submit(action, nodes));
    expect(ended).toEqual({ status: 'complete', resultStatus: 'success', successes: [], failures: [] });
  });
});
