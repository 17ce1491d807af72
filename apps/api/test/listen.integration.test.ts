import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { listen, type Listening } from '../src/http/listen.js';

let listening: Listening;
let agent: Agent;
/** Ends the answers of `/slow` that are on their way. */
let finish: () => void;
/** Connections that the API has taken. */
let connections: number;
/** Resolves when it has taken the first. */
let taken: Promise<void>;

beforeEach(async () => {
  const app = express();
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const seen = new WeakSet<object>();
  connections = 0;
  let tell: () => void;
  taken = new Promise((resolve) => (tell = resolve));
  app.use((asked, _response, next) => {
    if (!seen.has(asked.socket)) connections += 1;
    seen.add(asked.socket);
    tell();
    next();
  });
  app.get('/quick', (_request, response) => void response.end('quick'));
  app.get('/slow', (_request, response) => void slow.then(() => response.end('slow')));
  listening = await listen(app, '127.0.0.1', 0);
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(async () => {
  finish();
  await listening.close();
  agent.destroy();
});

interface Asked {
  readonly text: string;
  readonly connection: string | undefined;
}

async function ask(path: string): Promise<Asked> {
  const sent = request(`${listening.url}${path}`, { agent });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { text: Buffer.concat(chunks).toString(), connection: response.headers.connection };
}

describe('an API that is told to stop', () => {
  test('has kept connections until then', async () => {
    expect([await ask('/quick'), await ask('/quick')]).toEqual([
      { text: 'quick', connection: 'keep-alive' },
      { text: 'quick', connection: 'keep-alive' },
    ]);
    expect(connections).toBe(1);
  });

  test('serves on, takes new connections, and ends each with its next answer', async () => {
    await ask('/quick');
    await listening.drain(0);
    expect([await ask('/quick'), await ask('/quick')]).toEqual([
      { text: 'quick', connection: 'close' },
      { text: 'quick', connection: 'close' },
    ]);
    expect([connections, listening.isAccepting]).toEqual([2, true]);
  });

  test('ends also the connections on which an answer is just on its way', async () => {
    const slow = ask('/slow');
    await taken;
    await listening.drain(0);
    finish();
    expect(await slow).toEqual({ text: 'slow', connection: 'close' });
  });

  test('lets an answer end that is on its way when it closes, and takes nothing more', async () => {
    const slow = ask('/slow');
    await taken;
    const closing = listening.close();
    expect(listening.isAccepting).toBe(false);
    await expect(fetch(`${listening.url}/quick`)).rejects.toThrow('fetch failed');
    finish();
    expect(await slow).toMatchObject({ text: 'slow' });
    await closing;
    listening = await listen(express(), '127.0.0.1', 0);
  });
});
