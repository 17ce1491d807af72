import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createMaasDriver } from '@drydock/maas-driver';
import type { NodeInventory } from '@drydock/model';
import { checkSchema, insertTask, openDatabase, SecretBox, type ShownTask } from '@drydock/model/db';
import { submitTask, type TaskBell, type TaskIntake } from '@drydock/orchestrator';
import { laneQueueName, openQueueBackend, type QueueBackend, stepsQueueName } from '@drydock/queue';
import { Closers, type Log } from '@drydock/runtime';
import { absentInventory } from './absent-inventory.js';
import { bullBoard } from './admin/bull-board.js';
import type { ApiParts } from './api-parts.js';
import { createApp } from './app.js';
import type { ApiConfig } from './config.js';
import { listen } from './http/listen.js';
import { publicApiUrl } from './public-api-url.js';
import { sealDesignRef } from './seal-design-ref.js';

/** Of the 12 that a process may have, BullMQ's pool takes the rest. */
const databaseConnections = 7;

export interface RunningApi {
  readonly url: string;
  close(): Promise<void>;
}

/** Connects everything and listens; what was opened is closed again when a later part fails. */
export async function startApi(config: ApiConfig, log: Log): Promise<RunningApi> {
  const closers = new Closers();
  try {
    const url = await openParts(config, log, closers);
    return { url, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function openParts(config: ApiConfig, log: Log, closers: Closers): Promise<string> {
  const database = openDatabase({
    connectionString: config.databaseUrl.reveal(),
    applicationName: 'drydock-api',
    maxConnections: databaseConnections,
    isDurable: config.isDurable,
    onError: (error) => log.warn('database connection lost', { error }),
  });
  closers.add('database', () => database.close());
  await checkSchema(database.pool);
  const queue = await openQueueBackend({
    redisUrl: config.redisUrl?.reveal(),
    databaseUrl: (config.databaseDirectUrl ?? config.databaseUrl).reveal(),
    log,
  });
  closers.add('queue', () => queue.close());
  const lanes = config.lanes.split(',');
  const board = bullBoard(await queue.boardQueues([...lanes.map(laneQueueName), stepsQueueName]));
  const stopping = new AbortController();
  const own = { url: `http://${config.host}:${config.port}` };
  const secretBox =
    config.secretKeyFile === undefined ? null : new SecretBox(await readFile(config.secretKeyFile, 'utf8'));
  const intake: TaskIntake<ShownTask> = {
    insert: (task) => insertTask(database.db, { ...task, ...sealDesignRef(task.designRef, secretBox) }),
  };
  const parts: ApiParts = {
    db: database.db,
    submit: (request) => submitTask({ intake, bell: bellOf(queue), newId: randomUUID, log }, request),
    inventory: inventoryOf(config, closers),
    pingQueue: () => queue.ping(),
    // With port 0 the own address is known only when we listen.
    get publicApiUrl() {
      return publicApiUrl(config.publicUrl ?? own.url);
    },
    log,
    stopping: stopping.signal,
  };
  const listening = await listen(createApp(parts, board), config.host, config.port);
  own.url = listening.url;
  closers.add('http', () => listening.close());
  closers.add('long polls', () => stopping.abort());
  return listening.url;
}

function bellOf(queue: QueueBackend): TaskBell {
  return {
    ring: ({ id, action, lane, ring }) =>
      queue.ring(laneQueueName(lane), [{ id: `${id}-${ring}`, name: action, data: { format: 1, lane } }]),
  };
}

const noMachines = {
  none: 'no node driver is configured',
  scripted: 'the scripted node driver has no machines to list',
} as const;

function inventoryOf(config: ApiConfig, closers: Closers): NodeInventory {
  const { nodeDriver, maasUrl = '', maasApiKey } = config;
  if (nodeDriver !== 'maas') {
    return absentInventory(`${noMachines[nodeDriver]}; set DRYDOCK_NODE_DRIVER=maas, MAAS_URL and MAAS_API_KEY`);
  }
  const maas = createMaasDriver({ name: config.provisioner, url: maasUrl, apiKey: maasApiKey?.reveal() ?? '' });
  closers.add('maas', () => maas.close());
  return maas.inventory;
}
