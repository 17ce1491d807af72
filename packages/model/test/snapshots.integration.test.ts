import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  type Database,
  type NewSnapshot,
  readNewestBuildData,
  readNodeFacts,
  readNodes,
  readSite,
  readSnapshot,
  storeSnapshot,
} from '../src/db/index.js';
import type { Finding } from '../src/index.js';
import { compiledNode, compiledSite } from '../../testkit/src/compiled-design-builders.js';
import { type EngineWorld, openEngineWorld } from './engine-world.js';

let world: EngineWorld;
beforeAll(async () => {
  world = await openEngineWorld();
});
beforeEach(() => world.query('truncate snapshot, snapshot_site, snapshot_node, secret, build_data'));
afterAll(() => world.close());

const finding: Finding = {
  rule: 'storage.partitioning',
  code: 'DD2002',
  level: 'warning',
  message: 'no root partition',
  diagnostic: 'add one',
  documents: [],
  place: null,
};

function snapshot(given: Partial<NewSnapshot> = {}): NewSnapshot {
  return {
    hash: 'h1',
    format: 1,
    isValid: true,
    findings: [],
    site: compiledSite(),
    nodes: [compiledNode({ name: 'n2' }), compiledNode({ name: 'n1' })],
    secrets: [
      { nodeName: 'n1', path: '/oob/credential', sealed: Buffer.from([0, 1, 255]) },
      { nodeName: null, path: '/repositories/entries/0/url', sealed: Buffer.from('site') },
    ],
    ...given,
  };
}

async function counts(): Promise<unknown> {
  const [row] = await world.query(
    `select (select count(*)::int from snapshot) as snapshots, (select count(*)::int from snapshot_site) as sites,
      (select count(*)::int from snapshot_node) as nodes, (select count(*)::int from secret) as secrets`,
  );
  return row;
}

const once = { snapshots: 1, sites: 1, nodes: 2, secrets: 2 };

test('a snapshot is read as it was stored, nodes in design order', async () => {
  const stored = snapshot({ findings: [finding] });
  await storeSnapshot(world.db, stored);
  expect(await readSnapshot(world.db, 'h1')).toEqual({ hash: 'h1', format: 1, isValid: true, findings: [finding] });
  expect(await readSite(world.db, 'h1')).toEqual(stored.site);
  expect(await readNodes(world.db, 'h1')).toEqual(stored.nodes);
  expect(await world.query('select node_name, path, sealed from secret order by node_name')).toEqual([
    { node_name: '', path: '/repositories/entries/0/url', sealed: Buffer.from('site') },
    { node_name: 'n1', path: '/oob/credential', sealed: Buffer.from([0, 1, 255]) },
  ]);
  expect(await world.query('select node_count from snapshot')).toEqual([{ node_count: 2 }]);
});

test('equal content is stored once, by tasks one after the other', async () => {
  await storeSnapshot(world.db, snapshot());
  await storeSnapshot(world.db, snapshot());
  expect(await counts()).toEqual(once);
});

test('equal content is stored once, by tasks at the same time', async () => {
  await Promise.all([1, 2, 3].map(() => storeSnapshot(world.db, snapshot())));
  expect(await counts()).toEqual(once);
});

test('a snapshot that another task is still storing is waited for', async () => {
  const held = await world.hold((tx) => storeSnapshot(tx as unknown as Database, snapshot()));
  const second = storeSnapshot(world.db, snapshot());
  await world.waiters();
  expect(await readSnapshot(world.db, 'h1')).toBeNull();
  await held.commit();
  await second;
  expect(await counts()).toEqual(once);
});

test('a snapshot that could not be stored whole is not there at all', async () => {
  const node = compiledNode({ name: 'n1' });
  await expect(storeSnapshot(world.db, snapshot({ nodes: [node, node] }))).rejects.toThrow();
  expect(await counts()).toEqual({ snapshots: 0, sites: 0, nodes: 0, secrets: 0 });
  await storeSnapshot(world.db, snapshot());
  expect(await counts()).toEqual(once);
});

test('a design that could not be compiled leaves its findings', async () => {
  await storeSnapshot(world.db, snapshot({ isValid: false, site: null, nodes: [], secrets: [] }));
  expect(await readSnapshot(world.db, 'h1')).toMatchObject({ isValid: false });
  expect(await readSite(world.db, 'h1')).toBeNull();
  expect(await readNodes(world.db, 'h1')).toEqual([]);
});

test('a snapshot that nobody stored is not there', async () => {
  expect(await readSnapshot(world.db, 'h2')).toBeNull();
  expect(await readSite(world.db, 'h2')).toBeNull();
  expect(await readNodeFacts(world.db, 'h2')).toEqual([]);
});

test('more nodes than go into one statement keep their order', async () => {
  const nodes = Array.from({ length: 2001 }, (_, index) => compiledNode({ name: `n${(index * 7) % 2001}` }));
  await storeSnapshot(world.db, snapshot({ nodes, secrets: [] }));
  const stored = await readNodes(world.db, 'h1');
  expect(stored.map((node) => node.name)).toEqual(nodes.map((node) => node.name));
});

test('planning reads facts of a node, not its document', async () => {
  const bare = compiledNode({ name: 'n2', oob: null });
  const known = compiledNode({
    name: 'n1',
    rack: 'r1',
    rackLabels: { row: '4' },
    tags: ['dpdk'],
    ownerData: { role: 'compute' },
  });
  await storeSnapshot(world.db, snapshot({ nodes: [bare, known], secrets: [] }));
  expect(await readNodeFacts(world.db, 'h1')).toEqual([
    {
      name: 'n2',
      rack: null,
      rackLabels: {},
      tags: [],
      ownerData: {},
      oobType: null,
      bmcAddress: null,
      bmcPort: null,
      hasBootActions: false,
    },
    {
      name: 'n1',
      rack: 'r1',
      rackLabels: { row: '4' },
      tags: ['dpdk'],
      ownerData: { role: 'compute' },
      oobType: 'redfish',
      bmcAddress: '127.16.0.1',
      bmcPort: 8443,
      hasBootActions: false,
    },
  ]);
});

test('what the database cannot hold is replaced in a design too', async () => {
  const site = compiledSite({ authorizedKeys: ['a\0b\uDC00'] });
  await storeSnapshot(world.db, snapshot({ site, nodes: [compiledNode({ kernel: '\0' })], secrets: [] }));
  expect(await readSite(world.db, 'h1')).toMatchObject({ authorizedKeys: ['a\uFFFDb\uFFFD'] });
  expect(await readNodes(world.db, 'h1')).toMatchObject([{ kernel: '\uFFFD' }]);
});

test('the newest inventory of a node is its last one of that generator', async () => {
  const collected = (node: string, generator: string, element: string, at: string) =>
    world.query(
      `insert into build_data (node_name, task_id, step_id, generator, data_format, data_element, collected_at)
        values ($1, gen_random_uuid(), gen_random_uuid(), $2, 'text/plain', $3, $4)`,
      [node, generator, element, at],
    );
  await collected('n1', 'lshw', 'new', '2024-01-02T00:00:00Z');
  await collected('n1', 'lshw', 'old', '2024-01-01T00:00:00Z');
  await collected('n1', 'lldp', 'other', '2024-01-03T00:00:00Z');
  await collected('n2', 'lshw', 'other', '2024-01-03T00:00:00Z');
  expect(await readNewestBuildData(world.db, 'n1', 'lshw')).toBe('new');
  await collected('n1', 'lshw', 'newest of two at once', '2024-01-02T00:00:00Z');
  expect(await readNewestBuildData(world.db, 'n1', 'lshw')).toBe('newest of two at once');
  expect(await readNewestBuildData(world.db, 'n3', 'lshw')).toBeNull();
});
