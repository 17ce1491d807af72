import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface FullListener {
  readonly port: number;
  close(): Promise<void>;
}

/** More than its backlog of 1 lets the kernel finish. */
const fillers = 8;

/** Listens, and says so; then it is blocked for good and accepts nobody. */
const listenAndFreeze = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** A port that a connection is begun to and never made: its line of waiting connections is full. */
export async function startFullListener(): Promise<FullListener> {
  const thread = new Worker(listenAndFreeze, { eval: true });
  const port = await new Promise<number>((resolve) => thread.once('message', resolve));
  const waiting = Array.from({ length: fillers }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  return {
    port,
    async close() {
      for (const socket of waiting) socket.destroy();
      await thread.terminate();
    },
  };
}
