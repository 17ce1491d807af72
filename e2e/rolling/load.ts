import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

/** What a client asks again and again. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

export interface Load {
  readonly answered: number;
  /** Everything that was no answer, or a 5xx. */
  readonly failures: readonly string[];
  /** Each client ends with the answer that it waits for. */
  stop(): Promise<void>;
}

const pauseMilliseconds = 5;
const firstServerError = 500;

/**
 * Clients that each keep one connection and ask one question after the other. They never repeat a request that may have
 * been sent, so a connection that breaks under one is a failure.
 */
export function startLoad(port: number, questions: readonly Question[]): Load {
  const failures: string[] = [];
  const state = { answered: 0, isStopped: false };
  const runClient = async (question: Question): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!state.isStopped) {
      try {
        const status = await ask(port, question, agent);
        state.answered += 1;
        if (status >= firstServerError) failures.push(`${question.method} ${question.path}: ${status}`);
      } catch (error) {
        failures.push(`${question.method} ${question.path}: ${String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
    agent.destroy();
  };
  const clients = questions.map(runClient);
  return {
    get answered() {
      return state.answered;
    },
    failures,
    stop: async () => {
      state.isStopped = true;
      await Promise.all(clients);
    },
  };
}

async function ask(port: number, { method, path, body }: Question, agent: Agent): Promise<number> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request({ host: '127.0.0.1', port, method, path, agent, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  for await (const _chunk of response);
  return response.statusCode ?? 0;
}
