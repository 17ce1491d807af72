import { Agent, request } from 'node:http';

export interface LightAnswer {
  readonly status: number;
  readonly text: string;
  /** From sending until the whole answer was here. */
  readonly milliseconds: number;
}

/** Plain HTTP on kept connections: it takes less of the machine from what it measures than `fetch` does. */
export class LightClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  get(path: string): Promise<LightAnswer> {
    return this.send('GET', path, '');
  }

  post(path: string, body: unknown): Promise<LightAnswer> {
    return this.send('POST', path, JSON.stringify(body));
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, body: string): Promise<LightAnswer> {
    const startedAt = performance.now();
    const headers =
      body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.url), { agent: this.agent, method, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, text, milliseconds: performance.now() - startedAt });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
