import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from './test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const tasks = '/api/v1.0/tasks';
const uuid = '6a0f0000-0000-4000-8000-0000000000ff';
const good = { action: 'verify_site', design_ref: 'http://foo.example' };
const json = { 'content-type': 'application/json' };
const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

type Bad = readonly [what: string, init: RequestInit & { path: string }, status: number, names: RegExp];

const post = (body: string, headers: Readonly<Record<string, string>> = json) => ({
  path: tasks,
  method: 'POST',
  body,
  headers,
});
const postJson = (body: unknown) => post(JSON.stringify(body));
const filter = (value: unknown) => postJson({ ...good, node_filter: value });
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

const validate = (body: unknown) => ({ ...postJson(body), path: '/api/v1.0/validatedesign' });
const nodesOf = (body: unknown, query = '') => ({ ...postJson(body), path: `/api/v1.0/nodefilter${query}` });
const ref = 'file:///designs/site.yaml';

const designCases: readonly Bad[] = [
  [
    'a validation without a body',
    { path: '/api/v1.0/validatedesign', method: 'POST', headers: json },
    400,
    /^Request body must not be empty for validation\.$/,
  ],
  [
    'a validation that is not JSON',
    { ...post('{"href": '), path: '/api/v1.0/validatedesign' },
    400,
    /body is not JSON/,
  ],
  [
    'a validation of another content type',
    { ...post('{}', { 'content-type': 'application/x-yaml' }), path: '/api/v1.0/validatedesign' },
    400,
    /Content-Type must be application\/json/,
  ],
  ['a validation of an array', validate([{ href: ref }]), 400, /JSON object, not an array/],
  ['a validation without href', validate({}), 400, /^The "href" key must be provided in the request body\.$/],
  ['a validation of nothing', validate({ href: '' }), 400, /^The "href" key must be provided/],
  ['a validation of null', validate({ href: null }), 400, /^The "href" key must be provided/],
  ['a validation of a number', validate({ href: 7 }), 400, /^href must be a string, not number/],
  ['a validation of no URI', validate({ href: 'site.yaml' }), 400, /^href is not a URI/],
  ['a validation of a line break', validate({ href: 'file:///a\nb' }), 400, /^href holds a space or a control/],
  ['GET on validatedesign', { path: '/api/v1.0/validatedesign' }, 405, /GET is not possible .* OPTIONS, POST/],
  ['a filter without a body', { path: '/api/v1.0/nodefilter', method: 'POST', headers: json }, 400, /body is missing/],
  ['a filter without a design', nodesOf({}), 400, /^Missing input required value: design_ref$/],
  ['a filter of a null design', nodesOf({ design_ref: null }), 400, /^Missing input required value: design_ref$/],
  ['a filter of an object as design', nodesOf({ design_ref: {} }), 400, /^design_ref must be a string, not object/],
  ['a filter that is a text', nodesOf({ design_ref: ref, node_filter: 'n1' }), 400, /node_filter must be an object/],
  [
    'a filter without a type',
    nodesOf({ design_ref: ref, node_filter: {} }),
    400,
    /node_filter\.filter_set_type must be/,
  ],
  [
    'a filter with a misspelt criterion',
    nodesOf({
      design_ref: ref,
      node_filter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', tag: [] }] },
    }),
    400,
    /filter_set\[0\]\.tag is unknown/,
  ],
  [
    'an unclear wish for reasons',
    nodesOf({ design_ref: ref }, '?explain=perhaps'),
    400,
    /explain must be true or false/,
  ],
  ['GET on nodefilter', { path: '/api/v1.0/nodefilter' }, 405, /GET is not possible .* OPTIONS, POST/],
];

const cases: readonly Bad[] = [
  ...designCases,
  ['an unknown path', { path: '/api/v1.0/task' }, 404, /\/api\/v1.0\/task does not exist/],
  ['an unknown path with other case', { path: '/API/v1.0/tasks' }, 404, /\/API\/v1.0\/tasks does not exist/],
  ['a path that cannot be decoded', { path: `${tasks}/%zz` }, 400, /percent-encoding/],
  ['PUT on tasks', { path: tasks, method: 'PUT' }, 405, /PUT is not possible .* GET, HEAD, OPTIONS, POST/],
  ['DELETE on a task', { path: `${tasks}/${uuid}`, method: 'DELETE' }, 405, /GET, HEAD, OPTIONS/],
  ['POST on versions', { path: '/versions', method: 'POST' }, 405, /POST is not possible on \/versions/],
  ['POST on health', { path: '/api/v1.0/health', method: 'POST' }, 405, /POST is not possible/],
  ['POST on nodes', { path: '/api/v1.0/nodes', method: 'POST' }, 405, /POST is not possible/],
  ['no body', { path: tasks, method: 'POST', headers: json }, 400, /body is missing/],
  ['no content type', post('{}', { 'content-type': '' }), 400, /Content-Type must be application\/json/],
  ['another content type', post('{}', { 'content-type': 'text/plain' }), 400, /Content-Type must be/],
  ['another charset', post('{}', { 'content-type': 'application/json; charset=koi8-r' }), 415, /character set/],
  ['a body that is not JSON', post('{"action": secret-word}'), 400, /body is not JSON/],
  ['a body that is no UTF-8 JSON', post('\u0000'), 400, /body is not JSON/],
  ['an array', post('[]'), 400, /JSON object, not an array/],
  ['a number', post('5'), 400, /JSON object, not a number/],
  ['null', post('null'), 400, /JSON object, not null/],
  ['a body over 1 MiB', postJson({ ...good, x: 'x'.repeat(1024 * 1024) }), 413, /larger than 1 MiB/],
  ['a body that claims to be compressed', post('{}', { ...json, 'content-encoding': 'gzip' }), 400, /cannot be read/],
  ['an unknown encoding', post('{}', { ...json, 'content-encoding': 'zip' }), 415, /encoding/],
  ['no action', postJson({ design_ref: 'http://x.example' }), 400, /Unsupported action None/],
  ['an internal action', postJson({ ...good, action: 'noop' }), 400, /Unsupported action noop/],
  ['no design_ref', postJson({ action: 'verify_site' }), 400, /design_ref is missing/],
  ['a numeric design_ref', postJson({ ...good, design_ref: 5 }), 400, /design_ref must be a string/],
  ['a design_ref that is no URI', postJson({ ...good, design_ref: 'site.yaml' }), 400, /design_ref is not a URI/],
  ['a scalar filter', filter('n1'), 400, /node_filter must be an object/],
  ['an empty filter', filter({}), 400, /node_filter.filter_set_type/],
  ['an unknown filter type', filter({ filter_set_type: 'xor', filter_set: [] }), 400, /filter_set_type/],
  ['a filter of texts', filter({ filter_set_type: 'union', filter_set: ['n1'] }), 400, /filter_set\[0\]/],
  [
    'a very deep filter',
    post(`{"action":"verify_site","design_ref":"http://x.example","node_filter":${deep}}`),
    400,
    /node_filter must be an object/,
  ],
  [
    'NUL in a name',
    filter({ filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: ['\u0000'] }] }),
    400,
    /NUL/,
  ],
  [
    'an empty Idempotency-Key',
    { ...postJson(good), headers: { ...json, 'idempotency-key': '' } },
    400,
    /Idempotency-Key/,
  ],
  [
    'an Idempotency-Key with a space',
    { ...postJson(good), headers: { ...json, 'idempotency-key': 'a b' } },
    400,
    /Idempotency-Key/,
  ],
  ['a limit of zero', { path: `${tasks}?limit=0` }, 400, /limit must be a whole number from 1 to 1000/],
  ['a limit that is no number', { path: `${tasks}?limit=many` }, 400, /limit .*not "many"/],
  ['two limits', { path: `${tasks}?limit=1&limit=2` }, 400, /limit is given 2 times/],
  ['a cursor that is no id', { path: `${tasks}?after=x` }, 400, /after must be the id of a task/],
  ['a cursor of nobody', { path: `${tasks}?after=${uuid}` }, 400, /after must be the id of a task/],
  ['an unknown task', { path: `${tasks}/${uuid}` }, 404, new RegExp(`^Task ${uuid} does not exist$`)],
  ['an id that is none', { path: `${tasks}/nope` }, 404, /^Task nope does not exist$/],
  ['NUL as id', { path: `${tasks}/%00` }, 404, /does not exist/],
  ['a bad boolean', { path: `${tasks}/${uuid}?builddata=TRUE` }, 400, /builddata must be true or false, not "TRUE"/],
  ['a boolean that every object has', { path: `${tasks}/${uuid}?subtaskerrors=constructor` }, 400, /subtaskerrors/],
  ['layers that are no number', { path: `${tasks}/${uuid}?layers=two` }, 400, /layers must be a whole number/],
  ['a wait that is too long', { path: `${tasks}/${uuid}?wait=61` }, 400, /wait must be .* from 0 to 60/],
  ['build data of an unknown task', { path: `${tasks}/${uuid}/builddata` }, 404, /does not exist/],
  ['build data of an id that is none', { path: `${tasks}/x/builddata` }, 404, /^Task x does not exist$/],
  ['build data of an unknown node', { path: '/api/v1.0/nodes/n9/builddata' }, 404, /^No build data found$/],
  ['build data of a node called NUL', { path: '/api/v1.0/nodes/%00/builddata' }, 404, /^No build data found$/],
  ['a bad latest', { path: '/api/v1.0/nodes/n9/builddata?latest=newest' }, 400, /latest must be true or false/],
];

describe('bad input', () => {
  test.each(cases)('%s', async (_, { path, ...init }, status, names) => {
    const answer = await api.get(path, init);
    expect(answer).toMatchObject({
      status,
      body: { type: 'error', retry: false, message: expect.stringMatching(names) },
    });
    expect(Object.keys(answer.body)).toEqual(['type', 'message', 'retry']);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-drydock-req')).toMatch(requestId);
    expect(answer.headers.has('allow')).toBe(status === 405);
    expect(answer.text).not.toMatch(/secret-word|node_modules|\.ts:/);
  });

  test('leaves nothing behind', async () => {
    const { rows } = await api.db.execute('select count(*)::int as count from task');
    expect(rows).toEqual([{ count: 0 }]);
    expect(api.rings).toEqual([]);
  });

  test.each([
    ['bytes that are no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400 /],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1.1 431 /],
  ])('%s get the envelope too', async (_, bytes, statusLine) => {
    const { hostname, port } = new URL(api.url);
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.on('data', (part) => (text += part.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(said).toMatch(statusLine);
    expect(said).toMatch(/\r\nX-Drydock-Req: /);
    expect(JSON.parse(said.split('\r\n\r\n')[1] ?? '')).toMatchObject({ type: 'error', retry: false });
  });
});
