import type { Writable } from 'node:stream';

/**
 * Keeps a write that fails from ending the process with a stack trace. A reader of results who has left wanted no more
 * of them; any other failure loses results, and `onLoss` hears its system code.
 */
export function guardOutput(stdout: Writable, stderr: Writable, onLoss: (code: string) => void): void {
  stdout.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') onLoss(code);
  });
  // Nobody is left who could be told; what the process ends with still says how it went.
  stderr.on('error', () => undefined);
}
