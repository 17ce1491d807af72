import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DrydockError } from '@drydock/model';
import { silentLog } from '@drydock/runtime';
import { openDesignReader, type OpenDesignReader } from '../src/design/open-design-reader.js';
import { largeSite, sampleSite } from './sample-site.js';
import { startTestApi, type TestAnswer, type TestApi } from './test-api.js';

let folder: string;
let designs: OpenDesignReader;
let api: TestApi;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-api-designs-'));
  designs = openDesignReader(
    {
      policy: {
        fileRoots: [folder],
        allowedHosts: [],
        allowedAddresses: [],
        allowLoopback: true,
        maxBytes: 16 * 1024 * 1024,
        connectTimeoutSeconds: 5,
        readTimeoutSeconds: 5,
        totalTimeoutSeconds: 10,
        maxAttempts: 1,
        certificateAuthority: null,
        cache: { lifeSeconds: 0, maxBytes: 0 },
        keystone: null,
      },
      formats: [],
      threads: 1,
      maxQueued: 1,
      compileTimeoutSeconds: 60,
      cacheBytes: 1024 * 1024,
      cacheSeconds: 600,
    },
    silentLog,
  );
  api = await startTestApi({ designs: designs.reader });
});
afterAll(async () => {
  await api?.close();
  await designs?.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return pathToFileURL(path).href;
}

const validate = (href: string): Promise<TestAnswer> =>
  api.post('/api/v1.0/validatedesign', { href, rel: 'design', type: 'application/x-yaml' });

const filter = (designRef: string, nodeFilter?: unknown): Promise<TestAnswer> =>
  api.post('/api/v1.0/nodefilter', { design_ref: designRef, node_filter: nodeFilter });

/** The sample with one mistake; what is replaced must be there. */
function spoilt(found: string, put: string): string {
  if (!sampleSite.includes(found)) throw new Error(`the sample does not hold ${found}`);
  return sampleSite.replace(found, put);
}

const sameAddress = spoilt('address: 10.0.1.2', 'address: 10.0.1.1');
const noProfile = spoilt('host_profile: plain', 'host_profile: nobody');
const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/;

describe('POST /validatedesign', () => {
  test('a valid design is answered with 200 and a message of every rule', async () => {
    const { status, headers, body } = await validate(await write('valid.yaml', sampleSite));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(Object.keys(body)).toEqual([
      ...['kind', 'apiVersion', 'metadata', 'message', 'reason', 'status', 'details', 'code'],
    ]);
    expect(body).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1.0',
      metadata: {},
      message: 'Site design passed validation',
      reason: null,
      status: 'Success',
      details: { errorCount: 0 },
      code: 200,
    });
    expect(body.details.messageList).toContainEqual({
      kind: 'ValidationMessage',
      name: 'DD2006',
      message: 'CIDR Validity: Validation successful.',
      error: false,
      level: 'Info',
      diagnostic: '',
      ts: expect.stringMatching(moment),
      documents: [],
      rule: expect.any(String),
      place: null,
      related: [],
    });
    expect(body.details.messageList.length).toBeGreaterThanOrEqual(17);
  });

  const failures: readonly (readonly [what: string, text: string, name: string, message: RegExp])[] = [
    ['a rule that is broken', sameAddress, 'DD2005', /10\.0\.1\.1/],
    ['a parent that is missing', noProfile, 'DD0004', /host profile "nobody" is not in the design/],
    ['a field of a wrong type', spoilt('cidr: 10.0.0.0/16', 'cidr: [10]'), 'DD001', /cidr must be a string/],
    ['a kind that does not exist', spoilt('kind: Rack', 'kind: Rocket'), 'DD000', /Rocket/],
    ['text that is no YAML', 'spec: {\n', 'DD000', /not valid YAML/],
  ];

  test.each(failures)('%s is answered with 400 and the document of a failure', async (what, text, name, message) => {
    const href = await write(`${what.replaceAll(' ', '-')}.yaml`, text);
    const { status, body } = await validate(href);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: 'Site design failed validation.',
      reason: 'See detail messages.',
      status: 'Failure',
      code: 400,
    });
    expect(body.details.messageList).toContainEqual(
      expect.objectContaining({
        name,
        message: expect.stringMatching(message),
        error: true,
        level: 'Error',
        place: { source: new URL(href).pathname, line: expect.any(Number), column: expect.any(Number) },
      }),
    );
    const errors = body.details.messageList.filter((one: { error: boolean }) => one.error);
    expect(body.details.errorCount).toBe(errors.length);
  });

  test('an empty design is a valid one', async () => {
    expect((await validate(await write('empty.yaml', ''))).status).toBe(200);
  });

  test('the same content gives the same answer, however often it is asked', async () => {
    const href = await write('again.yaml', sameAddress);
    const { text } = await validate(href);
    expect((await validate(href)).text).toBe(text);
    expect((await validate(href)).text).toBe(text);
  });

  test('new content under the same reference is seen at once', async () => {
    const href = await write('changed.yaml', sampleSite);
    expect((await validate(href)).status).toBe(200);
    await write('changed.yaml', sameAddress);
    expect((await validate(href)).status).toBe(400);
  });

  test('a design that was not there is found when it is', async () => {
    const href = pathToFileURL(join(folder, 'late.yaml')).href;
    expect((await validate(href)).status).toBe(502);
    await write('late.yaml', sampleSite);
    expect((await validate(href)).status).toBe(200);
  });
});

describe.each([
  ['POST /validatedesign', validate],
  ['POST /nodefilter', (reference: string) => filter(reference)],
])('%s: a design that is not to be had is an error', (_, ask) => {
  const references: readonly (readonly [what: string, reference: () => string, status: number, message: RegExp])[] = [
    ['a file that is missing', () => pathToFileURL(join(folder, 'none.yaml')).href, 502, /cannot be read \(ENOENT\)/],
    ['a file outside the roots', () => 'file:///etc/passwd', 400, /is not below a directory/],
    ['an unknown scheme', () => 'ftp://host/site.yaml', 400, /scheme ftp: .* not supported/],
    ['a server that is not there', () => 'http://127.0.0.1:1/site.yaml', 502, /127\.0\.0\.1:1\/site\.yaml/],
    ['credentials in a URL that fails', () => 'http://me:hunter2@127.0.0.1:1/', 502, /^http:\/\/127\.0\.0\.1:1\//],
  ];

  test.each(references)('%s', async (_what, reference, status, message) => {
    const answer = await ask(reference());
    expect(answer).toMatchObject({
      status,
      body: { type: 'error', message: expect.stringMatching(message), retry: status === 502 },
    });
    expect(answer.text).not.toContain('hunter2');
  });
});

describe('POST /nodefilter', () => {
  const one = (criteria: object) => ({ filter_set_type: 'union', filter_set: [{ filter_type: 'union', ...criteria }] });
  const selector = { filter_type: 'intersection', node_tags: [], node_labels: {}, rack_names: [] };
  const cases: readonly (readonly [what: string, nodeFilter: unknown, names: readonly string[]])[] = [
    ['no filter', undefined, ['n2', 'n1']],
    ['null', null, ['n2', 'n1']],
    ['names, in design order, each once', one({ node_names: ['n1', 'n2', 'n1', 'n9'] }), ['n2', 'n1']],
    ['tags', one({ node_tags: ['test'] }), ['n1']],
    ['labels', one({ node_labels: { zone: 'b' } }), ['n2']],
    ['racks', one({ rack_names: ['r1'] }), ['n1']],
    ['what nobody has', one({ node_tags: ['nothing'] }), []],
    [
      'what Shipyard sends',
      {
        filter_set_type: 'union',
        filter_set: [
          { ...selector, node_names: ['n2'] },
          { ...selector, rack_names: ['r1'] },
        ],
      },
      ['n2', 'n1'],
    ],
  ];

  test.each(cases)('%s', async (_, nodeFilter, names) => {
    const { status, headers, body } = await filter(await write('filtered.yaml', sampleSite), nodeFilter);
    expect([status, headers.get('content-type'), body]).toEqual([200, 'application/json', names]);
  });

  test('with "explain" says of every node why it is selected or not', async () => {
    const nodeFilter = { filter_set_type: 'intersection', filter_set: [{ ...selector, node_tags: ['test'] }] };
    const designRef = await write('explained.yaml', sampleSite);
    const { status, body } = await api.post('/api/v1.0/nodefilter?explain=true', {
      design_ref: designRef,
      node_filter: nodeFilter,
    });
    expect(status).toBe(200);
    expect(body).toEqual([
      {
        name: 'n2',
        matched: false,
        filters: [
          {
            filter_type: 'intersection',
            outcome: 'failed',
            criteria: [
              {
                criterion: 'node_tags',
                matched: false,
                values: [],
                missing: [],
                reason: expect.stringMatching(/tags/),
              },
            ],
          },
        ],
      },
      expect.objectContaining({
        name: 'n1',
        matched: true,
        filters: [expect.objectContaining({ outcome: 'matched' })],
      }),
    ]);
  });

  test('a design that breaks a rule still has its nodes', async () => {
    expect((await filter(await write('broken-rule.yaml', sameAddress))).body).toEqual(['n2', 'n1']);
  });

  test.each([
    ['a parent that is missing', noProfile, /host profile "nobody" is not in the design/],
    ['no YAML', 'spec: {\n', /not valid YAML/],
  ])('a design with %s is an error, never an empty list', async (_, text, message) => {
    const { status, body } = await filter(await write('unreadable.yaml', text));
    expect(status).toBe(400);
    expect(body).toEqual({ type: 'error', message: expect.stringMatching(message), retry: false });
    expect(body.message).toMatch(/^the design cannot be read: .*unreadable\.yaml:\d+\)/);
  });
});

test('while a large design compiles, the API answers everything else', async () => {
  const href = await write('large.yaml', largeSite(3000));
  const progress = { isOver: false };
  const validated = validate(href).finally(() => (progress.isOver = true));
  let answered = 0;
  while (!progress.isOver) {
    expect((await api.get('/versions')).status).toBe(200);
    answered += 1;
  }
  expect((await validated).status).toBe(200);
  expect(answered).toBeGreaterThan(10);
});

test.each([
  ['overloaded', '2'],
  ['work_exceeded', '30'],
] as const)('a compiler that is %s says when to ask again', async (code, seconds) => {
  const busy = () => Promise.reject(new DrydockError(code, 'the design compiler is busy; try again in a moment'));
  const own = await startTestApi({ designs: { read: busy, selectNodes: busy } });
  const { status, headers, body } = await own.post('/api/v1.0/validatedesign', { href: 'file:///designs/site.yaml' });
  await own.close();
  expect([status, headers.get('retry-after')]).toEqual([503, seconds]);
  expect(body).toEqual({ type: 'error', message: expect.stringMatching(/is busy/), retry: true });
});
