import { parentPort, type TransferListItem } from 'node:worker_threads';
import { type ErrorCode, isDrydockError } from '@drydock/model';
import { errorMessage } from '../error-message.js';
import type { ThreadReply, ThreadRequest } from './thread-messages.js';

/**
 * For the module of a pooled thread: answers every request of the pool. What `handle` throws is thrown again where the
 * request came from, a DrydockError with its code, anything else as `internal` and into the log.
 *
 * @param handle its signal is aborted when nobody waits for the answer any more.
 * @param moved buffers of an answer that are handed over instead of copied; the thread must not use them afterwards.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the pool of this thread sends
export function serveThread<Request, Answer>(
  handle: (request: Request, signal: AbortSignal) => Answer | Promise<Answer>,
  moved: (answer: Answer) => readonly TransferListItem[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('this module is the entry of a thread; start it through a ThreadPool');
  const calls = new Map<number, AbortController>();
  port.on('message', (message: ThreadRequest<Request>) => {
    const { id } = message;
    if ('isCancelled' in message) {
      calls.get(id)?.abort();
      return;
    }
    const abort = new AbortController();
    calls.set(id, abort);
    void (async () => {
      try {
        const answer = await handle(message.request, abort.signal);
        port.postMessage({ id, answer } satisfies ThreadReply<Answer>, [...moved(answer)]);
      } catch (error) {
        port.postMessage({ id, ...replyOf(error) } satisfies ThreadReply<Answer>);
      } finally {
        calls.delete(id);
      }
    })();
  });
}

function replyOf(error: unknown): { code: ErrorCode; message: string } | { mistake: string } {
  if (isDrydockError(error)) return { code: error.code, message: error.message };
  return { mistake: error instanceof Error && error.stack ? error.stack : errorMessage(error) };
}
