import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rows } from '@drydock/model/db';
import { sql } from 'drizzle-orm';
import { endOfTask, errorsOf } from '../site/end-of-task.js';
import { runCliProcess } from '../site/run-cli-process.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { badDesigns } from './bad-designs.js';
import { badReferences, fullReference, makeBadReferences } from './bad-references.js';
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
