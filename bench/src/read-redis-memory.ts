import { once } from 'node:events';
import { connect } from 'node:net';

/** Bytes that Redis uses for everything that it keeps. @throws when it is not there */
export async function readRedisMemory(url: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    socket.write('INFO memory\r\n');
    let text = '';
    let found: RegExpExecArray | null = null;
    while (found === null) {
      const [answer] = (await once(socket, 'data')) as [Buffer];
      text += answer.toString();
      found = /used_memory:(\d+)\r\n/.exec(text);
    }
    return Number(found[1]);
  } finally {
    socket.destroy();
  }
}
