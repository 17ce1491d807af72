import { afterEach, describe, expect, test } from '@jest/globals';
import type { Surroundings } from '../src/index.js';
import { type FakeApi, startFakeApi } from './fake-api.js';
import { type Ran, runCommand } from './run-command.js';
import { partialTree, runningTree, sampleTask, tree } from './sample-task.js';

let api: FakeApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

type Answers = Parameters<typeof startFakeApi>[0];

async function run(words: readonly string[], answers: Answers = {}, change: Partial<Surroundings> = {}): Promise<Ran> {
  await api?.close();
  api = await startFakeApi(answers);
  return await runCommand(words, { env: { DD_URL: api.url }, ...change });
}

const create = ['task', 'create', '-d', 'file:///site.yaml', '-a', 'deploy_nodes'];
const created = { 'POST /tasks': [[201, sampleTask('t1', 'deploy_nodes', { status: 'queued' })]] } as const;
const treePath = 'GET /tasks/t1?layers=-1';
const wait = ['--wait', '--poll-interval', '0.01'];

describe('a command line that cannot mean anything ends with 2 and names the option', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['task', 'create', '-a', 'deploy_nodes'], /-d, --design-ref <uri>/],
    [['task', 'create', '-d', 'file:///x'], /-a, --action <action>/],
    [['task', 'create', '-d', '', '-a', 'deploy_nodes'], /--design-ref.*empty/],
    [['task', 'create', '-d', 'file:///x', '-a', 'noop'], /--action.*validate_design/],
    [[...create, '-n', 'n01,,n02'], /--node-names.*commas/],
    [[...create, '-r', ','], /--rack-names/],
    [[...create, '-t', ''], /--node-tags/],
    [[...create, '--wait', '--timeout', '0'], /--timeout <minutes>.*above 0/],
    [[...create, '--timeout', '5'], /--timeout <minutes>.*add --wait/],
    [[...create, '--terminate-on-interrupt'], /--terminate-on-interrupt.*add --wait/],
    [[...create, '--poll-interval', 'fast'], /--poll-interval/],
    [[...create, '--nodes', 'n01'], /unknown option '--nodes'/],
    [[...create, 'n01'], /too many arguments/],
    [['task', 'show'], /-t, --task-id <id>/],
    [['task', 'builddata', '-t', 'x', '-o', 'xml'], /--output.*yaml, json/],
    [['node', 'list', '-o', 'csv'], /--output.*table, json/],
    [['node', 'builddata'], /nodename/],
    [['design', 'validate', ''], /'ref'.*empty/],
    [['design', 'validate', '-', '-'], /standard input can be only one of the designs/],
    [['design', 'validate', '--via-api', '-'], /--via-api.*standard input/],
    [['task', 'destroy'], /unknown command 'destroy'/],
    [['destroy'], /unknown command 'destroy'/],
    [['task'], /Usage: drydock task/],
    [[], /Usage: drydock/],
    [['-u', 'host:9000', 'task', 'list'], /-u, --url <url>.*not the URL/],
  ];

  test.each(cases)('%j', async (words, named) => {
    const { code, out, err } = await run(words, created);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(named);
    expect(api?.requests).toEqual([]);
  });

  test('a bad DD_URL is named as such, without its credentials', async () => {
    const { code, err } = await run(['task', 'list'], {}, { env: { DD_URL: 'ftp://me:hunter2@host' } });
    expect([code, err]).toEqual([2, expect.stringMatching(/DD_URL: "ftp:\/\/host"/)]);
  });

  test('a migration without a database is refused', async () => {
    expect(await run(['db', 'migrate'], {}, { env: {} })).toMatchObject({
      code: 2,
      err: expect.stringContaining('DATABASE_URL'),
    });
  });
});

describe('task create', () => {
  const member = (names: readonly string[], racks: readonly string[], tags: readonly string[]) => ({
    filter_set_type: 'intersection',
    filter_set: [{ filter_type: 'union', node_names: names, rack_names: racks, node_tags: tags }],
  });
  const cases: readonly (readonly [string, readonly string[], object | null])[] = [
    ['without selectors: all nodes', [], null],
    ['with names, trimmed', ['-n', ' n01, n02 '], member(['n01', 'n02'], [], [])],
    ['with a rack', ['--rack-names', 'r1'], member([], ['r1'], [])],
    ['with tags, which really go', ['--node-tags', 'a,b'], member([], [], ['a', 'b'])],
  ];

  test.each(cases)('%s', async (_, words, filter) => {
    const { code, out } = await run([...create, ...words, '--no-block'], created);
    expect([code, JSON.parse(out)]).toEqual([0, created['POST /tasks'][0][1]]);
    expect(out.trimEnd()).not.toContain('\n');
    const body = { action: 'deploy_nodes', design_ref: 'file:///site.yaml', node_filter: filter };
    expect(api?.requests).toEqual([{ request: 'POST /tasks', body }]);
  });

  test('that is refused ends with 1 and the reason', async () => {
    const refused = { 'POST /tasks': [[400, { type: 'error', message: 'design_ref is odd', retry: false }]] } as const;
    const { code, out, err } = await run(create, refused);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Error: POST http:.*400 design_ref is odd\n$/);
  });

  test('cannot move the cursor of the terminal with its reason', async () => {
    const message = 'odd\u001b[2J\r\nError: none';
    const { err } = await run(create, { 'POST /tasks': [[400, { type: 'error', message, retry: false }]] });
    expect(err).toMatch(/^Error: POST http:\S+: 400 odd \[2J Error: none\n$/);
  });
});

describe('waiting', () => {
  const ended = (status: string, result: 'success' | 'partial_success' | 'failure' | 'incomplete') =>
    tree(sampleTask('t1', 'deploy_nodes', { status, result }));
  const cases: readonly (readonly [number, object])[] = [
    [0, ended('complete', 'success')],
    [10, partialTree],
    [11, ended('complete', 'failure')],
    [11, ended('complete', 'incomplete')],
    [12, ended('terminated', 'success')],
    [12, ended('terminated', 'incomplete')],
  ];

  test.each(cases)('ends with %i', async (expected, last) => {
    const { code, out } = await run([...create, ...wait], {
      ...created,
      [treePath]: [
        [200, runningTree],
        [200, last],
      ],
    });
    expect(code).toBe(expected);
    expect(JSON.parse(out)).toEqual((last as Record<string, unknown>)['t1']);
  });

  test('tells each change in a plain line, then a table with the reasons', async () => {
    const { err } = await run([...create, '-b', '--poll-interval', '0.01'], {
      ...created,
      [treePath]: [
        [200, runningTree],
        [200, runningTree],
        [503, {}],
        [200, partialTree],
      ],
    });
    expect(err.split('\n')).toEqual([
      'task t1: deploy_nodes running',
      'n01: apply_node_storage done',
      'n02: apply_node_storage running',
      expect.stringMatching(/503 .*; trying again$/),
      'task t1: deploy_nodes complete',
      'n02: apply_node_storage failed: sdb has 1 GB, the design wants 2 GB',
      '+------+---------+--------------------+-------------------------------------+',
      '| Node | Result  | Last step          | Reason                              |',
      '+------+---------+--------------------+-------------------------------------+',
      '| n01  | success | apply_node_storage |                                     |',
      '| n02  | failure | apply_node_storage | sdb has 1 GB, the design wants 2 GB |',
      '+------+---------+--------------------+-------------------------------------+',
      'deploy_nodes complete: partial_success (1 succeeded, 1 failed)',
      '',
    ]);
  });

  test('ends with 13 at its time limit, and prints what it saw last', async () => {
    const { code, out, err } = await run([...create, ...wait, '--timeout', '0.001'], {
      ...created,
      [treePath]: [[200, runningTree]],
    });
    expect([code, JSON.parse(out).status]).toEqual([13, 'running']);
    expect(err).toMatch(/Timeout: task t1 goes on/);
  });

  test('redraws a bar per node on a terminal, and no line longer than it', async () => {
    const { err } = await run(
      ['task', 'show', '-t', 't1', '--block', '--poll-interval', '0.01'],
      {
        [treePath]: [
          [200, runningTree],
          [200, partialTree],
        ],
      },
      { terminal: { columns: 60, rows: 24 } },
    );
    const [first = '', second = ''] = err.split('\u001b[3A\u001b[J');
    expect(first.split('\n')).toEqual([
      'deploy_nodes running  1 done, 1 running',
      'n01 [============            ] apply_node_storage done',
      'n02 [                        ] apply_node_storage running',
      '',
    ]);
    expect(second.split('\n')[2]).toBe('n02 [                        ] apply_node_storage failed: sdb ha'.slice(0, 59));
  });
});

describe('looking', () => {
  const datum = {
    node_name: 'n01',
    task_id: 't1',
    generator: 'lshw',
    data_format: 'text/plain',
    data_element: 'Größe: 1\nzwei\n',
  };
  const yaml =
    '- data_element: |\n    Größe: 1\n    zwei\n  data_format: text/plain\n  generator: lshw\n  node_name: n01\n  task_id: t1\n';

  test('task list and task show print one line of JSON', async () => {
    const one = sampleTask('t1', 'verify_site');
    expect(await run(['task', 'list'], { 'GET /tasks': [[200, [one]]] })).toEqual({
      code: 0,
      out: `${JSON.stringify([one])}\n`,
      err: '',
    });
    expect((await run(['task', 'show', '-t', 't1'], { 'GET /tasks/t1': [[200, one]] })).out).toBe(
      `${JSON.stringify(one)}\n`,
    );
  });

  test('task builddata prints YAML with sorted keys, or JSON', async () => {
    const answers = { 'GET /tasks/t1/builddata': [[200, [datum]]] } as const;
    expect((await run(['task', 'builddata', '-t', 't1'], answers)).out).toBe(yaml);
    expect((await run(['task', 'builddata', '-t', 't1', '-o', 'json'], answers)).out).toBe(
      `${JSON.stringify([datum])}\n`,
    );
  });

  test('node builddata asks for the newest, or for everything', async () => {
    const answers = (latest: boolean) => ({ [`GET /nodes/n01/builddata?latest=${latest}`]: [[200, [datum]] as const] });
    expect((await run(['node', 'builddata', 'n01'], answers(true))).out).toBe(yaml);
    expect((await run(['node', 'builddata', 'n01', '--no-latest', '-o', 'json'], answers(false))).code).toBe(0);
  });

  describe('node filter', () => {
    const filter = { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_tags: ['a'] }] };
    const base = ['node', 'filter', '-d', 'file:///site.yaml'];

    test.each([
      ['no selectors: all nodes', [], null],
      [
        'names and racks, as for a task',
        ['-n', 'n01', '-r', 'r1'],
        {
          filter_set_type: 'intersection',
          filter_set: [{ filter_type: 'union', node_names: ['n01'], rack_names: ['r1'], node_tags: [] }],
        },
      ],
      ['a whole filter', ['--filter', JSON.stringify(filter)], expect.objectContaining({ filter_set_type: 'union' })],
    ])('with %s asks for the names', async (_, words, sent) => {
      const { code, out } = await run([...base, ...words], { 'POST /nodefilter': [[200, ['n02', 'n01']]] });
      expect([code, out]).toEqual([0, '["n02","n01"]\n']);
      const body = { design_ref: 'file:///site.yaml', node_filter: sent };
      expect(api?.requests).toEqual([{ request: 'POST /nodefilter', body }]);
    });

    test('--explain prints why each node is selected or not', async () => {
      const criteria = (matched: boolean, reason: string) => [
        { criterion: 'node_tags', matched, values: [], missing: [], reason },
      ];
      const explained = [
        {
          name: 'n01',
          matched: true,
          filters: [{ filter_type: 'union', outcome: 'matched', criteria: criteria(true, 'it has a') }],
        },
        {
          name: 'n02',
          matched: false,
          filters: [{ filter_type: 'union', outcome: 'failed', criteria: criteria(false, 'no tags') }],
        },
      ];
      const { out } = await run([...base, '-t', 'a', '--explain'], {
        'POST /nodefilter?explain=true': [[200, explained]],
      });
      expect(out.split('\n')).toEqual([
        '+ n01',
        '    filter 1 (union): matched',
        '      node_tags: it has a',
        '- n02',
        '    filter 1 (union): failed',
        '      node_tags: no tags',
        '',
      ]);
    });

    test.each([
      [['--filter', '{'], /--filter <json>.*not JSON/],
      [['--filter', '{}'], /--filter <json>.*filter_set_type must be/],
      [['--filter', 'null', '-n', 'n01'], /--filter <json>.*cannot be used with/],
    ])('%j is a usage error', async (words, told) => {
      const { code, err } = await run([...base, ...words]);
      expect([code, api?.requests]).toEqual([2, []]);
      expect(err).toMatch(told);
    });
  });

  test('node list prints the table of the original', async () => {
    const node = {
      hostname: 'n01',
      status_name: 'Ready',
      cpu_count: 8,
      memory: 16384,
      boot_mac: '52:54:00:00:00:01',
      boot_ip: null,
      power_address: '10.1.0.1',
      power_state: 'on',
    };
    const { out } = await run(['node', 'list'], { 'GET /nodes': [[200, [node]]] });
    expect(out).toBe(
      [
        '+-----------+--------+------+--------+-------------------+---------+----------+-------------+',
        '| Node Name | Status | CPUs | Memory |      PXE MAC      | Mgmt IP | IPMI IP  | Power State |',
        '+-----------+--------+------+--------+-------------------+---------+----------+-------------+',
        '|    n01    | Ready  |  8   | 16384  | 52:54:00:00:00:01 |  None   | 10.1.0.1 |     on      |',
        '+-----------+--------+------+--------+-------------------+---------+----------+-------------+',
        '',
      ].join('\n'),
    );
  });

  test('--debug tells every request on stderr, without credentials', async () => {
    const { err } = await run(['--debug', 'task', 'list'], { 'GET /tasks': [[200, []]] });
    expect(err).toMatch(/^GET http:\/\/127.0.0.1:\d+\/api\/v1.0\/tasks 200 \d+ ms\n$/);
  });

  test('an API that is not there ends with 1, without credentials', async () => {
    const { code, err } = await run(['task', 'list'], {}, { env: { DD_URL: 'http://me:hunter2@127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(err).toMatch(/^Error: GET http:\/\/127.0.0.1:1\/api\/v1.0\/tasks: no answer \(ECONNREFUSED\)/);
  });

  test('help that was asked for is a success', async () => {
    expect(await run(['task', 'create', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--node-tags'),
    });
  });
});
