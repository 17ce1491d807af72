import { describe, expect, test } from '@jest/globals';
import type { Repository } from '@drydock/model';
import { planRepositories, type FoundRepository } from './plan-repositories.js';

const entry: Repository = {
  name: 'extra',
  type: 'apt',
  url: 'http://mirror.test/x',
  arches: [],
  distributions: ['jammy'],
  components: ['main'],
  subrepositories: ['security'],
  gpgKey: null,
  options: {},
};
const found: FoundRepository = {
  id: 7,
  name: 'extra',
  url: 'http://mirror.test/x',
  key: '',
  distributions: ['jammy'],
  components: ['main'],
  arches: ['amd64'],
  disabledComponents: [],
  disabledPockets: ['backports', 'updates'],
};

describe('planRepositories', () => {
  test('creates what is missing, with amd64 as the default', () => {
    expect(planRepositories({ removeUnlisted: false, entries: [entry] }, [])).toMatchObject([
      {
        kind: 'create',
        wanted: { arches: ['amd64'], components: ['main'], disabledPockets: ['updates', 'backports'] },
      },
    ]);
  });

  test('leaves alone what is equal, in whatever order', () => {
    expect(planRepositories({ removeUnlisted: true, entries: [entry] }, [found])).toEqual([]);
  });

  test('names what differs', () => {
    const plan = planRepositories({ removeUnlisted: false, entries: [entry] }, [
      { ...found, url: 'http://old.test', key: 'x' },
    ]);
    expect(plan).toMatchObject([{ kind: 'update', id: 7, differing: ['url', 'key'] }]);
  });

  test('tells a default archive what to leave out, never main', () => {
    const main = { ...entry, name: 'main_archive', components: ['universe'] };
    expect(planRepositories({ removeUnlisted: false, entries: [main] }, [])).toMatchObject([
      { wanted: { components: [], disabledComponents: ['restricted', 'multiverse'] } },
    ]);
  });

  test('deletes what is not listed, except the default archives', () => {
    const others = [found, { ...found, id: 8, name: 'old' }, { ...found, id: 1, name: 'ports_archive' }];
    expect(planRepositories({ removeUnlisted: true, entries: [entry] }, others)).toEqual([
      { kind: 'delete', id: 8, name: 'old' },
    ]);
  });
});
