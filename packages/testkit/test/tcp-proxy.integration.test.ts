import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TcpProxy } from '@drydock/testkit';

let server: Server;
let proxy: TcpProxy;
let heard: string[];
const sockets: Socket[] = [];

/** Says everything back, with its own name before it. */
async function startEcho(name = 'echo'): Promise<Server> {
  const echo = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      heard.push(data.toString());
      socket.write(`${name} ${data.toString()}`);
    });
    socket.on('end', () => socket.end(`${name} bye`));
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  return echo;
}

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;

beforeEach(async () => {
  heard = [];
  server = await startEcho();
  proxy = await TcpProxy.start({ target: { host: '127.0.0.1', port: portOf(server) } });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, proxy.host);
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** `once` would fail with the reset. @returns whether there was one */
function closeOf(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
}

async function answerTo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [data] = (await once(socket, 'data')) as [Buffer];
  return data.toString();
}

/** Resolves when the socket has been told the word, in whatever pieces. */
function said(socket: Socket, word: string): Promise<void> {
  let all = '';
  return new Promise((resolve) => {
    socket.on('data', (data: Buffer) => {
      all += data.toString();
      if (all.includes(word)) resolve();
    });
  });
}

/** Whatever was on the way when it was called has arrived. */
async function settled(): Promise<void> {
  const other = await TcpProxy.start({ target: { host: '127.0.0.1', port: portOf(server) } });
  const socket = connect(other.port, other.host);
  await answerTo(socket, 'settled');
  heard.pop();
  socket.destroy();
  await other.close();
}

describe('a TCP proxy', () => {
  test('forwards many connections at once, and counts them and their bytes', async () => {
    const opened = await Promise.all(Array.from({ length: 50 }, () => open()));
    const answers = await Promise.all(opened.map((socket, index) => answerTo(socket, String(index).padStart(2, '0'))));
    expect(answers).toEqual(opened.map((_, index) => `echo ${String(index).padStart(2, '0')}`));
    expect(proxy.counts).toEqual({ opened: 50, open: 50, failed: 0, bytesToServer: 100, bytesToClient: 350 });
  });

  test('gives a URL that leads through it', () => {
    expect(proxy.through('postgres://me:secret@127.0.0.1:5432/drydock?a=b')).toBe(
      `postgres://me:secret@127.0.0.1:${proxy.port}/drydock?a=b`,
    );
  });

  test('passes on that one side has said all it will, while the other still speaks', async () => {
    const socket = await open();
    socket.end();
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toBe('echo bye');
  });

  test('resets every connection when cut, and takes new ones', async () => {
    const socket = await open();
    await answerTo(socket, 'before');
    const closed = closeOf(socket);
    proxy.cut();
    expect(await closed).toBe(true);
    expect(await answerTo(await open(), 'after')).toBe('echo after');
  });

  test('resets also a connection whose peer reads nothing', async () => {
    const socket = await open();
    await answerTo(socket, 'before');
    const [far] = sockets.filter((each) => each !== socket);
    far?.pause();
    const closed = closeOf(socket);
    while (socket.write(Buffer.alloc(1_000_000)));
    proxy.cut();
    await closed;
    await proxy.close();
    expect(proxy.counts.open).toBe(0);
  });

  test('lets nobody in while it refuses', async () => {
    const socket = await open();
    const closed = closeOf(socket);
    await proxy.refuse();
    await closed;
    await expect(once(connect(proxy.port, proxy.host), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.pass();
    expect(await answerTo(await open(), 'again')).toBe('echo again');
  });

  test('holds everything back while frozen, closes nothing, and then delivers it in order', async () => {
    const socket = await open();
    proxy.freeze();
    for (const word of ['one ', 'two ', 'three']) socket.write(word);
    const late = await open();
    late.write('late');
    await settled();
    expect([heard, socket.readyState]).toEqual([[], 'open']);
    const answered = Promise.all([said(socket, 'three'), said(late, 'late')]);
    await proxy.pass();
    await answered;
    expect(heard.filter((text) => text !== 'late').join('')).toBe('one two three');
  });

  test('frozen towards the client, lets the server hear and the client wait', async () => {
    const socket = await open();
    proxy.freeze('toClient');
    const answered = once(socket, 'data');
    socket.write('heard');
    await settled();
    expect([heard, socket.bytesRead]).toEqual([['heard'], 0]);
    await proxy.pass();
    const [data] = (await answered) as [Buffer];
    expect(data.toString()).toBe('echo heard');
  });

  test('frozen towards the server, delivers what was said before', async () => {
    const socket = await open();
    await answerTo(socket, 'before');
    proxy.freeze('toServer');
    socket.write('held');
    for (const each of sockets) if (each !== socket && each.writable) each.write('news');
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect([data.toString(), heard]).toEqual(['news', ['before']]);
  });

  test('holds back the news of a closed connection while frozen', async () => {
    const socket = await open();
    await answerTo(socket, 'hello');
    const [far] = sockets.filter((each) => each !== socket);
    proxy.freeze();
    const closed = closeOf(socket);
    far?.destroy();
    await settled();
    expect(socket.readyState).toBe('open');
    await proxy.pass();
    await closed;
  });

  test('abandons the connections that are open, for ever, and serves new ones', async () => {
    const socket = await open();
    await answerTo(socket, 'before');
    proxy.abandon();
    socket.write('lost');
    await proxy.pass();
    expect(await answerTo(await open(), 'new')).toBe('echo new');
    expect(heard).toEqual(['before', 'new']);
  });

  test('delays what comes from then on, and delivers it in order', async () => {
    const socket = await open();
    await answerTo(socket, 'first');
    proxy.delay(600_000);
    socket.write('a');
    await settled();
    socket.write('b');
    await settled();
    expect(heard).toEqual(['first']);
    const answered = said(socket, '!');
    await proxy.pass();
    socket.write('!');
    await answered;
    expect(heard.join('')).toBe('firstab!');
  });

  test('sends new connections elsewhere when its target has moved, and counts those that found nobody', async () => {
    const other = await startEcho('other');
    proxy.retarget({ host: '127.0.0.1', port: portOf(other) });
    const socket = await open();
    expect(await answerTo(socket, 'x')).toBe('other x');
    for (const each of sockets) each.destroy();
    await new Promise((resolve) => other.close(resolve));
    await closeOf(connect(proxy.port, proxy.host));
    expect(proxy.counts.failed).toBe(1);
  });

  test.each(['10.0.0.1', 'example.com', '0.0.0.0'])('refuses to forward to %s', async (host) => {
    await expect(TcpProxy.start({ target: { host, port: 80 } })).rejects.toThrow(/127\.0\.0\.0\/8 only, not to/);
  });
});
