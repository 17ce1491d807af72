import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AddressInfo, createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import { type Answers, type DesignHost, startDesignHost } from './design-host.js';
import { policyWith } from './policy-with.js';

const never = new AbortController().signal;
const design = 'kind: Region\n';

const answers: Answers = {
  '/design': (_request, response) => response.end(design),
  '/gzip': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(design)),
  '/deflate': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync(design)),
  '/brotli': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(design)),
  '/called-html': (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(design),
  '/forbidden': (_request, response) => response.writeHead(403).end(),
  '/gone': (_request, response) => response.writeHead(410).end(),
  '/no-content': (_request, response) => response.writeHead(204).end(),
  '/not-modified': (_request, response) => response.writeHead(304).end(),
  '/log-in': (_request, response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end(),
  '/page': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>please log in</p>'),
  '/plain-page': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain' }).end('\n<!DOCTYPE html>\n<html></html>'),
  '/strange-encoding': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'x-lzma' }).end('\u0000\u0001'),
  '/announced-large': (_request, response) => {
    response.writeHead(200, { 'content-length': '1001' });
    response.write('x');
  },
  '/endless': (_request, response) => {
    const write = (): void => void response.write('x'.repeat(400), (error) => error ?? write());
    write();
  },
  '/bomb': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50 * 1024 * 1024))),
  '/broken-gzip': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip at all'),
  '/half-gzip': (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(design).subarray(0, 20)),
  '/silent': () => undefined,
  '/slow-headers': (_request, response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\nContent-Ty');
  },
  '/slow-body': (_request, response) => {
    response.writeHead(200);
    response.write('kind:');
  },
  '/truncated': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('kind:', () => response.socket?.destroy());
  },
  '/truncated-chunks': (_request, response) => {
    response.writeHead(200);
    response.write('kind:', () => response.socket?.destroy());
  },
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/no-http': (request) => request.socket.end('220 mail ready\r\n'),
};

let host: DesignHost;
beforeAll(async () => {
  host = await startDesignHost(answers);
});
afterAll(() => host.close());

describe('an http reference', () => {
  test.each(['/design', '/gzip', '/deflate', '/brotli', '/called-html'])('gives the design at %s', async (path) => {
    const found = await createReferenceResolver(policyWith()).resolve(`${host.origin}${path}`, never);
    expect({ text: Buffer.from(found.bytes).toString(), source: found.source }).toEqual({
      text: design,
      source: `${host.origin}${path}`,
    });
  });

  test('gives bytes that own their memory', async () => {
    const { bytes } = await createReferenceResolver(policyWith()).resolve(`${host.origin}/design`, never);
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });

  const short = { readTimeoutSeconds: 0.1 };
  const table: [string, object, string, RegExp][] = [
    ['/missing', {}, 'design_unavailable', /answered with status 404, not with a design; check the path/],
    ['/gone', {}, 'design_unavailable', /status 410.*check the path/],
    ['/log-in', {}, 'design_unavailable', /status 401.*check the account/],
    ['/forbidden', {}, 'design_unavailable', /status 403.*right to read/],
    ['/no-content', {}, 'design_unavailable', /status 204/],
    ['/not-modified', {}, 'design_unavailable', /status 304/],
    ['/page', {}, 'design_unavailable', /answered with an HTML page/],
    ['/plain-page', {}, 'design_unavailable', /answered with an HTML page/],
    ['/strange-encoding', {}, 'design_unavailable', /content encoding "x-lzma"/],
    ['/announced-large', {}, 'design_too_large', /limit of 1000 bytes/],
    ['/endless', {}, 'design_too_large', /limit of 1000 bytes/],
    ['/bomb', {}, 'design_too_large', /limit of 1000 bytes/],
    ['/broken-gzip', {}, 'design_unavailable', /Z_DATA_ERROR/],
    ['/half-gzip', {}, 'design_unavailable', /Z_BUF_ERROR/],
    ['/silent', short, 'design_unavailable', /sent nothing for 0.1 s/],
    ['/slow-headers', short, 'design_unavailable', /sent nothing for 0.1 s/],
    ['/slow-body', short, 'design_unavailable', /sent nothing for 0.1 s/],
    ['/silent', { totalTimeoutSeconds: 0.1 }, 'design_unavailable', /did not answer in full within 0.1 s/],
    ['/slow-body', { totalTimeoutSeconds: 0.1 }, 'design_unavailable', /did not answer in full within 0.1 s/],
    ['/truncated', {}, 'design_unavailable', /cannot be fetched \((ECONNRESET|ERR_HTTP_CONTENT_LENGTH_MISMATCH)\)/],
    ['/truncated-chunks', {}, 'design_unavailable', /cannot be fetched \(ECONNRESET\)/],
    ['/reset', {}, 'design_unavailable', /cannot be fetched \(ECONNRESET\)/],
    ['/no-http', {}, 'design_unavailable', /cannot be fetched \(HPE_INVALID_CONSTANT\)/],
    ['/design', { allowLoopback: false }, 'design_reference_refused', /no address that designs may be fetched from/],
    ['/design', { allowedHosts: ['example.com'] }, 'design_reference_refused', /may not be fetched from 127/],
    ['/design', { allowedHosts: ['127.0.0.1:1'] }, 'design_reference_refused', /may not be fetched from 127/],
  ];
  test.each(table)('%s with %j is %s', async (path, changes, code, message) => {
    const reference = `http://me:hidden@127.0.0.1:${host.port}${path}?token=hidden`;
    const error: unknown = await createReferenceResolver(policyWith(changes))
      .resolve(reference, never)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((error as Error).message).toContain('127.0.0.1');
    expect(JSON.stringify(error, everything)).not.toMatch(/hidden|aGlkZGVu|OmhpZGRlb/);
  });

  test('a listed port is the one that may be asked', async () => {
    const policy = policyWith({ allowedHosts: [`127.0.0.1:${host.port}`] });
    const found = await createReferenceResolver(policy).resolve(`${host.origin}/design`, never);
    expect(Buffer.from(found.bytes).toString()).toBe(design);
  });

  test('a refused connection is an error that names the host', async () => {
    const port = await closedPort();
    const reading = createReferenceResolver(policyWith()).resolve(`http://127.0.0.1:${port}/design`, never);
    await expect(reading).rejects.toMatchObject({
      code: 'design_unavailable',
      message: `http://127.0.0.1:${port}/design cannot be fetched (ECONNREFUSED); check the reference and the host`,
    });
  });

  test('the caller can stop it', async () => {
    const stop = new AbortController();
    const reading = createReferenceResolver(policyWith()).resolve(`${host.origin}/silent`, stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/asked to stop/),
    });
  });

  test('what answers too late for a connection is given up', async () => {
    // TCP connects, TLS never does.
    const mute = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const policy = policyWith({ connectTimeoutSeconds: 0.1 });
    const reading = createReferenceResolver(policy).resolve(`https://127.0.0.1:${port}/design`, never);
    await expect(reading).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/could not be connected to within 0.1 s/),
    });
    await new Promise((resolve) => mute.close(resolve));
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** For JSON: what an error holds does not count as its own otherwise. */
function everything(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return Object.fromEntries(
    Object.getOwnPropertyNames(value).map((name) => [name, (value as unknown as Record<string, unknown>)[name]]),
  );
}
