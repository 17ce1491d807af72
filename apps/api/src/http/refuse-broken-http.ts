import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { envelope } from './error-answer.js';

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are larger than 16 KiB; send less'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request did not arrive in time; send it again'],
};
const malformed = ['400 Bad Request', 'this is not an HTTP/1.1 request'] as const;

/** Bytes that are no request never reach Express; they get the same envelope. */
export function refuseBrokenHttp(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = reasons[error.code ?? ''] ?? malformed;
    const body = JSON.stringify(envelope(message, false));
    socket.end(
      `HTTP/1.1 ${status}\r\nX-Drydock-Req: ${randomUUID()}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
}
