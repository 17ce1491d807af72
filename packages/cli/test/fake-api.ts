import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeApi {
  readonly url: string;
  readonly requests: readonly { readonly request: string; readonly body: unknown }[];
  close(): Promise<void>;
}

/** Answers by `METHOD path?query`; a list is answered one after the other, its last one for ever. */
export async function startFakeApi(
  answers: Readonly<Record<string, readonly (readonly [status: number, body: unknown])[]>>,
): Promise<FakeApi> {
  const requests: { request: string; body: unknown }[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const request = `${incoming.method} ${incoming.url?.replace('/api/v1.0', '')}`;
      const text = Buffer.concat(parts).toString();
      const earlier = requests.filter((one) => one.request === request).length;
      requests.push({ request, body: text === '' ? null : JSON.parse(text) });
      const known = answers[request] ?? [[404, { type: 'error', message: `no ${request}`, retry: false }] as const];
      const [status, body] = known[Math.min(earlier, known.length - 1)] ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
