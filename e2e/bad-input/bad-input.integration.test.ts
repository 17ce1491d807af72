import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { endOfTask, errorsOf } from '../site/end-of-task.js';
import { runCliProcess } from '../site/run-cli-process.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { badDesigns } from './bad-designs.js';
import { badReferences, fullReference, hopelessReferences, makeBadReferences } from './bad-references.js';
import { type BadRequest, badRequests } from './bad-requests.js';

const failing = { verb: 'deploy_node', outcome: 'failed', reason: 'the disk is gone', errorClass: 'unsupported' };

let site: Site;
beforeAll(async () => {
  site = await runSite({
    backend: 'postgres',
    workers: 1,
    env: { DRYDOCK_DESIGN_MAX_MIB: '1' },
    script: [
      { ...failing, node: 'bad-1' },
      { ...failing, node: 'bad-2' },
    ],
  });
  await makeBadReferences(site);
}, 60_000);
afterAll(() => site?.close(), 60_000);

describe('over HTTP', () => {
  test.each(badRequests)('$name is refused with $status', async (bad) => {
    const before = await countTasks();
    const response = await send(bad);
    const answer: unknown = await response.json();
    expect(answer).toEqual({ type: 'error', message: expect.stringMatching(bad.message), retry: false });
    expect(response.status).toBe(bad.status);
    expect(response.headers.get('x-drydock-req')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await countTasks()).toBe(before);
  });
});

describe('as a design', () => {
  test.each(badDesigns)('$name ends the task as a failure that names the place', async ({ text, message }) => {
    const designRef = await site.writeDesign('design', text);
    const task = await run('deploy_nodes', designRef);
    expect(task).toMatchObject({ status: 'complete', result: { status: 'failure', successes: [], failures: [] } });
    expect(errorsOf(task)).toContainEqual(expect.stringMatching(message));
    expect(task.subtask_id_list).toEqual([]);
    expect(await whatIsHeld(site)).toEqual([]);
  });

  test('an empty document is told with its line', async () => {
    const task = await run('validate_design', await site.writeDesign('design', '---\nnull\n'));
    const texts = task.result.details.messageList.map(({ message }) => message);
    expect(texts).toContainEqual(expect.stringMatching(/the document is empty .*design\.yaml:2\)/));
  });
});

describe('as a reference', () => {
  test.each(badReferences)('$name ends the task as a failure that says why', async ({ reference, message }) => {
    const task = await run('deploy_nodes', fullReference(site, reference));
    expect(task).toMatchObject({ status: 'complete', result: { status: 'failure' } });
    expect(errorsOf(task)).toEqual([expect.stringMatching(message)]);
  });
});

const asksAboutDesigns: readonly (readonly [path: string, bodyOf: (reference: string) => object])[] = [
  ['/api/v1.0/validatedesign', (reference) => ({ href: reference })],
  ['/api/v1.0/nodefilter', (reference) => ({ design_ref: reference })],
];

describe('as a reference that can never work', () => {
  const asks = [
    ...asksAboutDesigns,
    ['/api/v1.0/tasks', (reference: string) => ({ action: 'deploy_nodes', design_ref: reference })] as const,
  ];

  test.each(hopelessReferences)('$name is refused at once', async ({ reference, message }) => {
    const before = await countTasks();
    for (const [path, bodyOf] of asks) {
      const response = await send({ ...postOf(path, bodyOf(fullReference(site, reference))), status: 400, message });
      expect(await response.json()).toEqual({ type: 'error', message: expect.stringMatching(message), retry: false });
      expect(response.status).toBe(400);
    }
    expect(await countTasks()).toBe(before);
  });

  test('is no matter to an action that reads no design', async () => {
    expect(await run('verify_site', 'ftp://example.test/design.yaml')).toMatchObject({ status: 'complete' });
  });
});

describe.each(asksAboutDesigns)('asking %s', (path, bodyOf) => {
  test.each(badReferences)('about $name is an error, never an empty answer', async ({ reference, message }) => {
    const response = await send({ ...postOf(path, bodyOf(fullReference(site, reference))), status: 400, message });
    expect(await response.json()).toMatchObject({ type: 'error', message: expect.stringMatching(message) });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

describe('asking about a design', () => {
  test.each(badDesigns)('that has $name names the place', async ({ text, message }) => {
    const designRef = await site.writeDesign('asked', text);
    const { status, code, details } = await site.client.validateDesign(designRef);
    expect([status, code]).toEqual(['Failure', 400]);
    const told = details.messageList.map(({ message: said, place }) => `${said} (${place?.source}:${place?.line})`);
    expect(told).toContainEqual(expect.stringMatching(withFileName(message, 'asked')));
  });

  test('that is fine gives its nodes', async () => {
    const designRef = await site.writeDesign('fine', scriptedDesign(['n2', 'n1']));
    expect(await site.client.validateDesign(designRef)).toMatchObject({ status: 'Success', code: 200 });
    expect(await site.client.filterNodes(designRef)).toEqual(['n2', 'n1']);
  });
});

describe('on the command line', () => {
  const create = (design: string, ...words: string[]): string[] => ['task', 'create', '-d', design, ...words];
  const wait = ['-a', 'deploy_nodes', '--wait', '--poll-interval', '0.2'];

  test('a wrong action is a usage error', async () => {
    const end = await runCliProcess(site.drydock.apiUrl, create('file:///x.yaml', '-a', 'reboot'));
    expect(end).toEqual({ code: 2, printed: '', told: expect.stringMatching(/reboot.*Allowed choices are/s) });
  });

  test('a request that the API refuses ends with 1', async () => {
    const end = await runCliProcess(site.drydock.apiUrl, create('no-uri', '-a', 'verify_site'));
    expect(end).toEqual({ code: 1, printed: '', told: expect.stringMatching(/design_ref is not a URI/) });
  });

  test('an API that is not there ends with 1', async () => {
    const end = await runCliProcess('http://127.0.0.1:1', ['task', 'list']);
    expect(end).toEqual({ code: 1, printed: '', told: expect.stringMatching(/127\.0\.0\.1:1/) });
  });

  test('a wait for a partial success ends with 10 and names the node that failed', async () => {
    const designRef = await site.writeDesign('partial', scriptedDesign(['good-1', 'bad-1']));
    const end = await runCliProcess(site.drydock.apiUrl, create(designRef, ...wait));
    expect(end.code).toBe(10);
    expect(`${end.printed}${end.told}`).toMatch(/bad-1.*the disk is gone/s);
  });

  test('a wait for a failure ends with 11', async () => {
    const designRef = await site.writeDesign('failure', scriptedDesign(['bad-1', 'bad-2']));
    expect((await runCliProcess(site.drydock.apiUrl, create(designRef, ...wait))).code).toBe(11);
  });

  test('a design that cannot be read ends a wait with 11 and the place', async () => {
    const designRef = await site.writeDesign('broken', 'spec: {\n');
    const end = await runCliProcess(site.drydock.apiUrl, create(designRef, ...wait));
    expect(end.code).toBe(11);
    expect(`${end.printed}${end.told}`).toMatch(/not valid YAML.*broken\.yaml:\d+/);
  });
});

/** The cases name the file of the task; this design has another. */
function withFileName(message: RegExp, name: string): RegExp {
  return new RegExp(message.source.replace('design\\.yaml', `${name}\\.yaml`));
}

function postOf(path: string, body: object): Pick<BadRequest, 'name' | 'method' | 'path' | 'body'> {
  return { name: path, method: 'POST', path, body };
}

async function countTasks(): Promise<number> {
  const [found] = await rows<{ count: number }>(site.database.db, sql`select count(*)::int as count from task`);
  return found?.count ?? -1;
}

function send({ method = 'GET', path, type, body, headers }: BadRequest): Promise<Response> {
  const hasBody = body !== undefined;
  return fetch(`${site.drydock.apiUrl}${path}`, {
    method,
    headers: { ...(hasBody ? { 'content-type': type ?? 'application/json' } : {}), ...headers },
    ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
}

async function run(action: string, designRef: string): ReturnType<typeof endOfTask> {
  const { task_id: id } = await site.client.createTask({ action, designRef });
  return endOfTask(site, id, 20);
}
