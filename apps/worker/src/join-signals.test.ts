import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { joinSignals } from './join-signals.js';
import { TimeLimit } from './time-limit.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('joined signals', () => {
  it('abort with the first of them, for its reason', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const joined = joinSignals(first.signal, second.signal);
    expect(joined.aborted).toBe(false);
    second.abort('gone');
    first.abort('late');
    expect(joined.reason).toBe('gone');
  });

  it('are aborted when one of them is already', () => {
    expect(joinSignals(new AbortController().signal, AbortSignal.abort('before')).reason).toBe('before');
  });

  it('are aborted by a time limit that nobody else holds, whatever is collected meanwhile', async () => {
    const idle = new AbortController();
    const joined = joinSignals(joinSignals(idle.signal, new TimeLimit(100).signal), idle.signal);
    for (let round = 0; round < 3; round += 1) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    if (!joined.aborted) await once(joined, 'abort');
    expect(joined.reason).toMatchObject({ message: 'the call took longer than its 0.1 s' });
  });
});

it('a time limit that is cleared aborts nothing', async () => {
  const limit = new TimeLimit(0);
  limit.clear();
  await new Promise(setImmediate);
  expect(limit.signal.aborted).toBe(false);
});
