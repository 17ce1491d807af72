import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit as admitAt } from './admit.js';
import type { Candidate, GroupState } from './group-state.js';
import type { GroupNeed, GroupScope } from './group.js';

const group = (key: string, limit: number, more: Partial<GroupState> = {}): GroupState => ({
  key,
  limit,
  held: 0,
  spacingMilliseconds: 0,
  rampPerMinute: 0,
  rampTokens: 0,
  lastAdmittedAt: null,
  closedUntil: null,
  doorSince: null,
  doorIsHolding: false,
  doorSeenAt: null,
  ...more,
});
const need = (key: string, scope: GroupScope = 'step', weight = 1): GroupNeed => ({
  key,
  scope,
  limit: 0,
  weight,
  spacingMilliseconds: 0,
  rampPerMinute: 0,
  guardsMachine: false,
});
const candidate = (
  id: string,
  readySince: number,
  needs: readonly GroupNeed[],
  more: Partial<Candidate> = {},
): Candidate => ({ id, readySince, needs, isHolding: false, company: new Map(), ...more });
const holding = { isHolding: true };
const table = (...groups: GroupState[]) => new Map(groups.map((entry) => [entry.key, entry]));
const admit = (candidates: readonly Candidate[], groups: ReadonlyMap<string, GroupState>, now: number) =>
  admitAt(candidates, groups, { now, doorAfterMilliseconds: 30_000 });
const ids = (list: readonly Candidate[]) => list.map((entry) => entry.id);

describe('admission', () => {
  it('serves the oldest first and stops at the limit', () => {
    const result = admit([candidate('b', 2, [need('g')]), candidate('a', 1, [need('g')])], table(group('g', 1)), 10);
    expect(ids(result.admitted)).toEqual(['a']);
    expect(result.refused[0]).toMatchObject({ group: 'g', until: null });
  });

  it('gives places in all groups or in none', () => {
    const groups = table(group('free', 5), group('full', 1, { held: 1 }));
    expect(admit([candidate('a', 1, [need('free'), need('full')])], groups, 10).admitted).toEqual([]);
    expect(groups.get('free')?.held).toBe(0);
  });

  it('keeps the spacing and says when it ends', () => {
    const groups = table(group('g', 4, { lastAdmittedAt: 100, spacingMilliseconds: 50 }));
    expect(admit([candidate('a', 1, [need('g')])], groups, 120).refused[0]?.until).toBe(150);
    expect(ids(admit([candidate('a', 1, [need('g')])], groups, 150).admitted)).toEqual(['a']);
  });

  it('lets a ramp through at its rate', () => {
    const groups = table(group('g', 100, { rampPerMinute: 2 }));
    const many = Array.from({ length: 5 }, (_, index) => candidate(`c${index}`, index, [need('g')]));
    expect(ids(admit(many, groups, 0).admitted)).toEqual(['c0', 'c1']);
    expect(ids(admit(many.slice(2), groups, 30_000).admitted)).toEqual(['c2']);
  });

  it('stays shut while a breaker says so', () => {
    const groups = table(group('g', 1, { closedUntil: 500 }));
    expect(admit([candidate('a', 1, [need('g')])], groups, 499).refused[0]?.until).toBe(500);
  });

  it('lets exclusive use in only when nobody is there', () => {
    const groups = table(group('site', 10, { held: 1 }));
    const exclusive = candidate('x', 1, [need('site', 'call', 10)]);
    expect(admit([exclusive], groups, 2).admitted).toEqual([]);
    groups.get('site')!.held = 0;
    expect(ids(admit([exclusive], groups, 3).admitted)).toEqual(['x']);
  });

  it('closes the door for a step that waited 30 s, only to younger steps that hold nothing', () => {
    const groups = table(group('site', 10, { held: 1 }));
    const exclusive = candidate('x', 0, [need('site', 'call', 10)]);
    const young = candidate('y', 20_000, [need('site', 'call')]);
    const busy = candidate('h', 25_000, [need('site', 'call')], holding);
    expect(admit([exclusive], groups, 30_000).admitted).toEqual([]);
    expect(ids(admit([young, busy], groups, 30_001).admitted)).toEqual(['h']);
    groups.get('site')!.held = 0;
    expect(ids(admit([exclusive], groups, 30_002).admitted)).toEqual(['x']);
    groups.get('site')!.held = 0;
    expect(ids(admit([young], groups, 30_003).admitted)).toEqual(['y']);
  });

  it('opens a door whose step is not there any more', () => {
    const groups = table(group('site', 10, { held: 1 }));
    admit([candidate('x', 0, [need('site', 'call', 10)])], groups, 30_000);
    const young = candidate('y', 20_000, [need('site', 'call')]);
    expect(admit([young], groups, 34_999).admitted).toEqual([]);
    expect(ids(admit([young], groups, 35_001).admitted)).toEqual(['y']);
  });

  it('keeps a door closed while others go in who come first', () => {
    const groups = table(group('site', 10, { held: 1 }));
    const exclusive = candidate('x', 1, [need('site', 'call', 10)]);
    admit([exclusive], groups, 30_001);
    const older = candidate('o', 0, [need('site', 'call')]);
    const busy = candidate('h', 0, [need('site', 'call')], holding);
    expect(ids(admit([older, busy], groups, 30_002).admitted)).toEqual(['h', 'o']);
    expect(admit([candidate('y', 20_000, [need('site', 'call')])], groups, 30_003).admitted).toEqual([]);
  });

  it('closes the door to younger ones that hold something for one that holds something', () => {
    const groups = table(group('deploy', 1, { held: 1 }));
    const first = candidate('a', 0, [need('deploy')], holding);
    admit([first], groups, 30_000);
    groups.get('deploy')!.held = 0;
    const others = [candidate('b', 1, [need('deploy')], holding), candidate('old', -1, [need('deploy')])];
    expect(admit(others, groups, 30_001).admitted).toEqual([]);
    expect(ids(admit([...others, first], groups, 30_002).admitted)).toEqual(['a']);
    groups.get('deploy')!.held = 0;
    expect(ids(admit(others, groups, 30_003).admitted)).toEqual(['b']);
  });

  describe('of a group of calls', () => {
    const full = () => table(group('calls', 2, { held: 2 }), group('bmc', 1, { held: 1 }), group('free', 9));
    const young = candidate('y', 20_000, [need('calls', 'call')]);
    const isClosedBy = (one: Candidate, groups = full()): boolean => {
      admit([one], groups, 30_000);
      groups.get('calls')!.held = 0;
      return admit([young], groups, 30_001).admitted.length === 0;
    };
    const calls = need('calls', 'call');

    it.each<[string, boolean, Candidate]>([
      ['closes for a step whose task has nobody there', true, candidate('a', 0, [calls, need('free')])],
      ['closes for it when it holds something too', true, candidate('a', 0, [calls], holding)],
      [
        'stays open when others of its task are there',
        false,
        candidate('a', 0, [calls], { company: new Map([['calls', 1]]) }),
      ],
      ['stays open for a step that lacks something that lasts', false, candidate('a', 0, [calls, need('bmc')])],
      [
        'closes for a step that wants another for itself',
        true,
        candidate('a', 0, [calls, need('free', 'call', 9), need('bmc')], { company: new Map([['calls', 1]]) }),
      ],
    ])('the door %s', (_name, isClosed, one) => {
      expect(isClosedBy(one)).toBe(isClosed);
    });

    it('the door stays open when another of its task has just gone in', () => {
      const groups = table(group('calls', 2, { held: 1 }));
      const [first, second] = [candidate('a', 0, [calls]), candidate('b', 0, [calls])];
      expect(ids(admit([first, second], groups, 30_000).admitted)).toEqual(['a']);
      groups.get('calls')!.held = 0;
      expect(ids(admit([young], groups, 30_001).admitted)).toEqual(['y']);
    });
  });

  it('never exceeds a limit, whoever asks in whatever order', () => {
    const asks = fc.array(
      fc.record({
        since: fc.nat(1000),
        keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
        weight: fc.integer({ min: 1, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(asks, fc.nat(3), (list, limit) => {
        const groups = table(group('a', limit), group('b', limit + 1), group('c', 2));
        admit(
          list.map((ask, index) =>
            candidate(
              String(index),
              ask.since,
              ask.keys.map((key) => need(key, 'step', ask.weight)),
            ),
          ),
          groups,
          100_000,
        );
        return [...groups.values()].every((entry) => entry.held <= entry.limit);
      }),
    );
  });
});
