import type { IncomingHttpHeaders } from 'node:http';
import type { NodeInventory } from '@drydock/model';
import type { Database, ShownTask } from '@drydock/model/db';
import type { RetryRequest, SubmittedTask, TaskRequest } from '@drydock/orchestrator';
import type { Log } from '@drydock/runtime';
import type { DesignReader } from './design/design-reader.js';
import type { Answer } from './http/answer.js';
import type { RequestFacts } from './http/request-facts.js';
import type { WhySettings } from './why/why-task.js';

/** What handlers work with; made in wire.ts, or by a test. */
export interface ApiParts {
  readonly db: Database;
  readonly submit: (request: TaskRequest) => Promise<SubmittedTask<ShownTask>>;
  readonly retry: (request: RetryRequest) => Promise<SubmittedTask<ShownTask>>;
  readonly inventory: NodeInventory;
  readonly designs: Pick<DesignReader, 'read' | 'selectNodes'>;
  /** Lets the schedulers look at once at what was ordered. */
  readonly notifyMoves: () => void;
  readonly pingQueue: () => Promise<void>;
  readonly why: WhySettings;
  /** What links begin with, for instance `http://host:9000/api/v1.0`. */
  readonly publicApiUrl: string;
  readonly log: Log;
  /** Aborted when the process is told to stop: nobody waits any longer, and every connection ends with its answer. */
  readonly stopping: AbortSignal;
}

export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined unless the route reads one. */
  readonly body: unknown;
  readonly facts: RequestFacts;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

/** Answers, or throws what `errorAnswer` can show. */
export type Handler = (request: ApiRequest, parts: ApiParts) => Promise<Answer>;
