import { once } from 'node:events';
import { connect } from 'node:net';

/** One command without an answer worth reading, e.g. `FLUSHALL`. @throws when Redis refuses it or is not there */
export async function tellRedis(url: string, command: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    socket.write(`${command}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    const text = answer.toString().trim();
    if (!text.startsWith('+OK')) throw new Error(`Redis answered ${command} with ${text}`);
  } finally {
    socket.destroy();
  }
}
