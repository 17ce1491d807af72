import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { runCommand } from './run-command.js';

const databaseUrl = process.env['DRYDOCK_TEST_DATABASE_URL'] ?? '';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** What the doctor says about the port of a server that answers so. */
async function doctorBeside(answer: RequestListener) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { DATABASE_URL: databaseUrl, DRYDOCK_API_PORT: String(port) };
  return { port, ...(await runCommand(['doctor'], { env })) };
}

const versions = JSON.stringify({ 'v1.0': { path: '/api/v1.0', status: 'stable' } });

test('the port of a Drydock API that runs is named as that, and is nothing to mend', async () => {
  const asked: string[] = [];
  const { code, out, port } = await doctorBeside((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(versions);
  });
  expect(out).toMatch(new RegExp(`^ok +api port +${port}: a Drydock API runs there already$`, 'm'));
  expect(out).toMatch(/\nDrydock can run here/);
  expect([code, asked]).toEqual([0, ['GET /versions']]);
});

const others: readonly (readonly [what: string, answer: RequestListener])[] = [
  ['a web page', (_request, response) => void response.end('<html></html>')],
  ['versions of something else', (_request, response) => void response.end('{"v2.0": {"path": "/v2.0"}}')],
  ['no object', (_request, response) => void response.end('null')],
  ['an error', (_request, response) => void response.writeHead(500).end(versions)],
  ['a redirect', (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
  ['more than a list of versions', (_request, response) => void response.end(versions + ' '.repeat(1024 * 1024))],
  ['a lost connection', (request) => void request.socket.resetAndDestroy()],
];

test.each(others)('a port at which %s answers is taken', async (_, answer) => {
  const { code, out, port } = await doctorBeside(answer);
  expect(code).toBe(1);
  expect(out).toMatch(new RegExp(`^FAIL +api port +${port} is taken$`, 'm'));
});

test.each(['0', 'many', '99999'])('a port of %s is asked nothing', async (port) => {
  const { out } = await runCommand(['doctor'], { env: { DATABASE_URL: databaseUrl, DRYDOCK_API_PORT: port } });
  expect(out).not.toMatch(/runs there already/);
});
