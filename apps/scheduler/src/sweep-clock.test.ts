import { describe, expect, it } from '@jest/globals';
import { SweepClock } from './sweep-clock.js';

const sweeps = [
  { name: 'lanes', everySeconds: 1 },
  { name: 'purge', everySeconds: 60 },
];

function makeClock() {
  const time = { ms: 1000 };
  return { time, clock: new SweepClock(sweeps, () => time.ms) };
}

describe('a sweep', () => {
  it('is given three of its intervals from the start on', () => {
    const { time, clock } = makeClock();
    time.ms += 3000;
    expect(clock.late()).toEqual([]);
    time.ms += 1;
    expect(clock.late()).toEqual(['lanes (for 3 s)']);
  });

  it('is late by its own interval, and no longer when it has succeeded again', () => {
    const { time, clock } = makeClock();
    time.ms += 181_000;
    expect(clock.late()).toEqual(['lanes (for 181 s)', 'purge (for 181 s)']);
    clock.succeeded('purge');
    time.ms += 1000;
    expect(clock.late()).toEqual(['lanes (for 182 s)']);
  });
});
