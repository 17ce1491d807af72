import { describe, expect, test } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import { BoundedCache } from './bounded-cache.js';
import { DesignReader } from './design-reader.js';
import type { CompiledForWire, DesignAnswer, DesignWork } from './design-work.js';

const { signal } = new AbortController();

/** A reader over designs by reference, and a compiler that answers when the test says so. */
function open(designs: Readonly<Record<string, string>>) {
  const works: { work: DesignWork; resolve(answer: DesignAnswer): void; reject(error: Error): void }[] = [];
  const reader = new DesignReader({
    resolve: async (reference) => {
      const text = designs[reference];
      if (text === undefined) throw new DrydockError('design_unavailable', `${reference} is not there`);
      return { bytes: new Uint8Array(new TextEncoder().encode(text)), source: reference };
    },
    pool: { run: (work) => new Promise((resolve, reject) => works.push({ work, resolve, reject })) },
    cache: new BoundedCache<CompiledForWire>({ maxBytes: 1000, lifeSeconds: 60 }, () => 0),
  });
  return { reader, works };
}

const compiled = (document = 'x'): CompiledForWire => ({
  isValid: true,
  document: new TextEncoder().encode(document),
  nodes: null,
  refusal: 'line 3 is no YAML',
});

/** Until everything that waits for no other thread has happened. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a reader of designs', () => {
  test('compiles the same content once for all who ask at the same time', async () => {
    const { reader, works } = open({ a: 'site' });
    const both = Promise.all([reader.read('a', signal), reader.read('a', signal)]);
    await settle();
    expect(works).toHaveLength(1);
    const answer = compiled();
    works[0]?.resolve(answer);
    expect(await both).toEqual([answer, answer]);
  });

  test('answers the same content again without compiling it', async () => {
    const { reader, works } = open({ a: 'site' });
    const first = reader.read('a', signal);
    await settle();
    works[0]?.resolve(compiled());
    expect(await reader.read('a', signal)).toBe(await first);
    expect(works).toHaveLength(1);
  });

  test('compiles the same content from elsewhere again, because findings name the source', async () => {
    const { reader, works } = open({ a: 'site', b: 'site' });
    void reader.read('a', signal);
    void reader.read('b', signal);
    await settle();
    expect(works.map(({ work }) => 'source' in work && work.source)).toEqual(['a', 'b']);
  });

  test('forgets a compilation that failed', async () => {
    const { reader, works } = open({ a: 'site' });
    const first = reader.read('a', signal);
    await settle();
    works[0]?.reject(new DrydockError('work_exceeded', 'too long'));
    await expect(first).rejects.toMatchObject({ code: 'work_exceeded' });
    const second = reader.read('a', signal);
    await settle();
    const answer = compiled();
    works[1]?.resolve(answer);
    expect(await second).toBe(answer);
  });

  test('says why there are no nodes to choose from', async () => {
    const { reader } = open({});
    await expect(reader.selectNodes(compiled(), null, false)).rejects.toMatchObject({
      code: 'design_unreadable',
      message: 'line 3 is no YAML',
    });
  });
});
