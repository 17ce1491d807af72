export interface BadRequest {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly type?: string;
  /** Sent as it is if text, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly message: RegExp;
}

const tasks = '/api/v1.0/tasks';
const noTask = `${tasks}/00000000-0000-4000-8000-000000000000`;
const good = { action: 'verify_site', design_ref: 'file:///design.yaml' };

const post = (name: string, body: unknown, message: RegExp, status = 400): BadRequest => ({
  name,
  method: 'POST',
  path: tasks,
  body,
  status,
  message,
});

const withFilter = (nodeFilter: unknown): object => ({ ...good, node_filter: nodeFilter });

const bodies: readonly BadRequest[] = [
  post('no body', undefined, /body is missing/),
  post('text that is no JSON', '{"action": ', /not JSON/),
  post('an array', [good], /must be a JSON object, not an array/),
  post('null', 'null', /must be a JSON object, not null/),
  post('a number', '7', /must be a JSON object, not a number/),
  post('an empty object', {}, /action/),
  post('an unknown action', { ...good, action: 'reboot' }, /Unsupported action reboot; known are/),
  post('an internal action', { ...good, action: 'noop' }, /Unsupported action noop/),
  post('an action that is no text', { ...good, action: { a: 1 } }, /Unsupported action \(object\)/),
  post('an action of Object.prototype', { ...good, action: 'constructor' }, /Unsupported action constructor/),
  post('no design', { action: 'verify_site' }, /design_ref is missing/),
  post('a design that is no text', { ...good, design_ref: 5 }, /design_ref must be a string, not number/),
  post('an empty design', { ...good, design_ref: '' }, /design_ref is empty/),
  post('a design without a scheme', { ...good, design_ref: '/etc/passwd' }, /design_ref is not a URI/),
  post('a design with a line break', { ...good, design_ref: 'file:///a\nb' }, /design_ref holds a space or a control/),
  post('an endless design', { ...good, design_ref: `file:///${'a'.repeat(5000)}` }, /design_ref has 5008 bytes/),
  post('a filter that is a list', withFilter([]), /node_filter must be an object/),
  post('a filter without a type', withFilter({ filter_set: [] }), /node_filter\.filter_set_type must be/),
  post(
    'a filter with an unknown key',
    withFilter({ filter_set_type: 'union', set: [] }),
    /node_filter\.set is unknown/,
  ),
  post(
    'a filter with names that are no list',
    withFilter({ filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: 'n1' }] }),
    /node_filter\.filter_set\[0\]\.node_names must be an array of strings/,
  ),
  post(
    'a filter with labels that are no text',
    withFilter({ filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_labels: { row: 1 } }] }),
    /node_filter\.filter_set\[0\]\.node_labels\.row must be a string/,
  ),
  post(
    'a filter with NUL',
    withFilter({ filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: ['a\u0000'] }] }),
    /holds a NUL/,
  ),
  post('more than a MiB', { ...good, node_filter: 'x'.repeat(1_100_000) }, /larger than/, 413),
  {
    ...post('another content type', JSON.stringify(good), /Content-Type must be application\/json/),
    type: 'text/yaml',
  },
  { ...post('a form', 'action=verify_site', /Content-Type must be/), type: 'application/x-www-form-urlencoded' },
  {
    ...post('another character set', JSON.stringify(good), /character set/, 415),
    type: 'application/json; charset=latin1',
  },
  { ...post('an endless idempotency key', good, /Idempotency-Key/), headers: { 'idempotency-key': 'k'.repeat(300) } },
];

const get = (name: string, path: string, message: RegExp, status = 400): BadRequest => ({
  name,
  path,
  status,
  message,
});

const reads: readonly BadRequest[] = [
  get('a task that is not there', noTask, /Task 00000000-0000-4000-8000-000000000000 does not exist/, 404),
  get('a task id that is none', `${tasks}/abc`, /Task abc does not exist/, 404),
  get('a task id with a quote', `${tasks}/%27%20or%201=1`, /does not exist/, 404),
  get('a task id that is not percent-encoded', `${tasks}/%zz`, /malformed/),
  get('layers that are no number', `${noTask}?layers=all`, /query parameter layers must be a whole number/),
  get('a flag that is none', `${noTask}?builddata=maybe`, /query parameter builddata must be true or false/),
  get('a parameter twice', `${noTask}?subtaskerrors=1&subtaskerrors=0`, /subtaskerrors is given 2 times/),
  get('a wait without end', `${noTask}?wait=61`, /query parameter wait must be a whole number from 0 to 60/),
  get('a page of nothing', `${tasks}?limit=0`, /query parameter limit must be a whole number from 1/),
  get('a page after nothing', `${tasks}?after=abc`, /query parameter after must be the id of a task/),
  get('build data of no task', `${noTask}/builddata`, /does not exist/, 404),
  get('build data of no node', '/api/v1.0/nodes/nobody/builddata', /No build data/, 404),
  get('build data of a node with NUL', '/api/v1.0/nodes/%00/builddata', /No build data/, 404),
  get('build data of a node by a flag that is none', '/api/v1.0/nodes/n/builddata?latest=2', /latest must be true/),
  get('a path that is not there', '/api/v1.0/servers', /servers/, 404),
  get('another version', '/api/v2.0/tasks', /v2\.0/, 404),
];

const writes: readonly BadRequest[] = (
  [
    ['DELETE', tasks],
    ['PUT', tasks],
    ['PATCH', noTask],
    ['POST', noTask],
    ['DELETE', noTask],
    ['POST', '/versions'],
    ['POST', '/api/v1.0/health'],
    ['PUT', '/api/v1.0/health/extended'],
    ['DELETE', '/api/v1.0/nodes'],
    ['POST', '/api/v1.0/nodes/n1/builddata'],
    ['POST', `${noTask}/builddata`],
  ] as const
).map(([method, path]) => ({
  name: `${method} ${path}`,
  method,
  path,
  status: 405,
  message: new RegExp(`^${method} is not possible on .*allowed are`),
}));

const ask = (name: string, path: string, body: unknown, message: RegExp): BadRequest => ({
  ...post(name, body, message),
  path: `/api/v1.0/${path}`,
});

const asks: readonly BadRequest[] = [
  ask('a validation of nothing', 'validatedesign', undefined, /Request body must not be empty for validation/),
  ask('a validation without href', 'validatedesign', {}, /The "href" key must be provided in the request body/),
  ask('a validation of a number', 'validatedesign', { href: 5 }, /href must be a string, not number/),
  ask('a filter of nothing', 'nodefilter', undefined, /body is missing/),
  ask('a filter without a design', 'nodefilter', {}, /Missing input required value: design_ref/),
  ask(
    'a filter that is a list',
    'nodefilter',
    { design_ref: 'file:///design.yaml', node_filter: [] },
    /node_filter must be an object/,
  ),
];

/** One mistake each, on every endpoint. */
export const badRequests: readonly BadRequest[] = [...bodies, ...asks, ...reads, ...writes];
