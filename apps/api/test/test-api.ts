import { randomBytes, randomUUID } from 'node:crypto';
import { Router } from 'express';
import { type Database, insertTask, type OpenDatabase, openDatabase } from '@drydock/model/db';
import { retryTask, submitTask, type TaskBell } from '@drydock/orchestrator';
import { silentLog } from '@drydock/runtime';
import { createTestDatabase } from '@drydock/testkit';
import { absentInventory } from '../src/absent-inventory.js';
import { retriedTasks, retryIntake } from '../src/accept-tasks.js';
import type { ApiParts } from '../src/api-parts.js';
import { createApp } from '../src/app.js';
import { listen } from '../src/http/listen.js';

export interface TestApi {
  readonly url: string;
  readonly db: Database;
  /** Every statement goes through it. */
  readonly pool: OpenDatabase['pool'];
  /** Job ids of all rings so far. */
  readonly rings: readonly string[];
  /** How often the schedulers were told to look. */
  notified(): number;
  get(path: string, init?: RequestInit): Promise<TestAnswer>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
  close(): Promise<void>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of every shape
  readonly body: any;
}

const refuseDesign = (): Promise<never> => Promise.reject(new Error('this test has no designs'));

/** For tests of anything else: threads cost a second. */
const noDesigns: ApiParts['designs'] = { read: refuseDesign, selectNodes: refuseDesign };

/** The API over a database of its own, listening on a free port. */
export async function startTestApi(overrides: Partial<ApiParts> = {}): Promise<TestApi> {
  const own = await createTestDatabase();
  const database = openDatabase({
    connectionString: own.url,
    applicationName: 'test-api',
    maxConnections: 4,
    isDurable: false,
    onError: () => undefined,
  });
  const rings: string[] = [];
  let notified = 0;
  const bell: TaskBell = { ring: async (task) => void rings.push(`${task.id}-${task.ring}`) };
  const stopping = new AbortController();
  const db = overrides.db ?? database.db;
  const ports = {
    bell,
    newId: randomUUID,
    newTraceId: () => randomBytes(16).toString('hex'),
    chooseLane: () => 'default',
    log: silentLog,
  };
  const parts: ApiParts = {
    db,
    submit: (request) =>
      submitTask(
        { ...ports, intake: { insert: (task) => insertTask(db, { ...task, designRefSealed: null }) } },
        request,
      ),
    retry: (request) => retryTask({ ...ports, intake: retryIntake(db), retried: retriedTasks(db) }, request),
    inventory: absentInventory('no node driver is configured; set DRYDOCK_NODE_DRIVER'),
    designs: noDesigns,
    why: { provisioner: 'default', stepsPerSlot: 4 },
    notifyMoves: () => void (notified += 1),
    pingQueue: () => Promise.resolve(),
    publicApiUrl: 'http://drydock.example:9000/api/v1.0',
    log: silentLog,
    stopping: stopping.signal,
    ...overrides,
  };
  const listening = await listen(createApp(parts, Router()), '127.0.0.1', 0);
  const ask = async (path: string, init: RequestInit = {}): Promise<TestAnswer> => {
    const response = await fetch(`${listening.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === '' ? null : JSON.parse(text) };
  };
  return {
    url: listening.url,
    db: database.db,
    pool: database.pool,
    rings,
    notified: () => notified,
    get: ask,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    close: async () => {
      stopping.abort();
      await listening.close();
      await database.close();
      await own.close();
    },
  };
}
