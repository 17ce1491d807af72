import { describe, expect, it } from '@jest/globals';
import { checkRing, type QueueBackend, type Ring } from '@drydock/queue';
import { type Log, silentLog } from '@drydock/runtime';
import { jobIdOf, stepRinger } from './ring-steps.js';

const id = '6b0f7c3e-6d2f-4f5b-9f0a-0d1e2f3a4b5c';
const step = (facts: object = {}) => ({
  id,
  taskId: 't1',
  verb: 'power_cycle_node',
  nodeName: 'n1',
  ring: 3,
  ...facts,
});

function ring(steps: readonly ReturnType<typeof step>[], fails = false) {
  const rung: (readonly [string, readonly Ring[]])[] = [];
  const warnings: string[] = [];
  const queue = {
    ring: async (name: string, rings: readonly Ring[]) => {
      rung.push([name, rings]);
      if (fails) throw new Error('no redis');
    },
  };
  const log: Log = { ...silentLog, warn: (message) => void warnings.push(message) };
  stepRinger(queue as unknown as QueueBackend, log)(steps);
  return { rung, warnings };
}

describe('the bell of an admitted step', () => {
  it('carries ids and the node, under an id that was never used', () => {
    const { rung } = ring([step()]);
    const bell = { id: `${id}-3`, name: 'power_cycle_node', data: { format: 1, stepId: id, node: 'n1' } };
    expect(rung).toEqual([['steps', [bell]]]);
    expect(jobIdOf(step({ ring: 4 }))).not.toBe(jobIdOf(step()));
  });

  it.each([
    ['a site-wide step', null],
    ['a node whose name is too long to be shown', 'n'.repeat(64)],
  ])('names no node for %s', (_case, nodeName) => {
    expect(ring([step({ nodeName })]).rung[0]?.[1][0]?.data).toEqual({ format: 1, stepId: id });
  });

  it('is always small enough to ring', () => {
    for (const bell of ring([step({ nodeName: 'n'.repeat(63), ring: 2 ** 31 - 1 })]).rung[0]?.[1] ?? []) {
      expect(() => checkRing(bell)).not.toThrow();
    }
  });

  it('is not rung for nobody', () => {
    expect(ring([]).rung).toEqual([]);
  });

  it('that does not ring is told to the log and to nobody else', async () => {
    const { warnings } = ring([step()], true);
    await Promise.resolve();
    await Promise.resolve();
    expect(warnings).toEqual(['steps not rung, a sweep will ring']);
  });
});
