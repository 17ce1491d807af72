import { once } from 'node:events';
import { connect } from 'node:net';

/** FLUSHALL: every job, lock and setting of BullMQ is gone. */
export async function flushRedis(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write('FLUSHALL\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (!answer.toString().startsWith('+OK')) throw new Error(`Redis answered FLUSHALL with ${answer.toString().trim()}`);
}
