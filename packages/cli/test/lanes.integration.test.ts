import { expect, test } from '@jest/globals';
import { runOnApi } from './run-on-api.js';

const idle = { name: 'default', max_queued: 1000, queued: 0, running: null, paused: null, paused_by: null };
const paused = { ...idle, name: 'edge', queued: 12, running: 't1', paused: 'then', paused_by: 'e\u001bve' };
const answers = { 'GET /lanes': [[200, [idle, paused]]] } as const;

test('lane list prints a table, or one line of JSON', async () => {
  expect((await runOnApi(['lane', 'list'], answers)).out.split('\n')).toEqual([
    '+---------+---------+--------+------------+--------+-----------+',
    '|  Lane   | Running | Queued | Max Queued | Paused | Paused By |',
    '+---------+---------+--------+------------+--------+-----------+',
    '| default |  None   |   0    |    1000    |  None  |   None    |',
    '|  edge   |   t1    |   12   |    1000    |  then  |   e ve    |',
    '+---------+---------+--------+------------+--------+-----------+',
    '',
  ]);
  expect(JSON.parse((await runOnApi(['lane', 'list', '-o', 'json'], answers)).out)).toEqual([idle, paused]);
});

test.each(['pause', 'resume'])('lane %s prints the lane', async (order) => {
  const request = `POST /lanes/edge/${order}`;
  expect(await runOnApi(['lane', order, 'edge'], { [request]: [[200, paused]] })).toEqual({
    code: 0,
    out: `${JSON.stringify(paused)}\n`,
    err: '',
    requests: [{ request, body: null }],
  });
});

test('a lane that is not there ends with 1 and why', async () => {
  const refused = { type: 'error', message: 'there is no lane x; GET /api/v1.0/lanes lists them', retry: false };
  const { code, err } = await runOnApi(['lane', 'pause', 'x'], { 'POST /lanes/x/pause': [[404, refused]] });
  expect([code, err]).toEqual([1, expect.stringMatching(/404 there is no lane x/)]);
});

test.each([
  [['lane', 'pause'], /missing required argument 'lane'/],
  [['lane', 'list', '-o', 'csv'], /--output.*table, json/],
  [['lane'], /Usage: drydock lane/],
])('%j cannot mean anything', async (words, named) => {
  const { code, err, requests } = await runOnApi(words, answers);
  expect([code, requests]).toEqual([2, []]);
  expect(err).toMatch(named);
});
