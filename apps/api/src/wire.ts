import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkReference, type ReferencePolicy } from '@drydock/ingester';
import { createMaasDriver } from '@drydock/maas-driver';
import { needsDesign, type NodeInventory } from '@drydock/model';
import { type Database, insertTask, SecretBox, type ShownTask } from '@drydock/model/db';
import { submitTask, type TaskBell, type TaskIntake } from '@drydock/orchestrator';
import { laneQueueName, openQueueBackend, type QueueBackend, stepsQueueName } from '@drydock/queue';
import { allOrNothing, type Closers, type Log, openConnections, readReferencePolicy } from '@drydock/runtime';
import { absentInventory } from './absent-inventory.js';
import { bullBoard } from './admin/bull-board.js';
import type { ApiParts } from './api-parts.js';
import { createApp } from './app.js';
import type { ApiConfig } from './config.js';
import type { DesignReader } from './design/design-reader.js';
import { openDesignReader } from './design/open-design-reader.js';
import { listen } from './http/listen.js';
import { publicApiUrl } from './public-api-url.js';
import { sealDesignRef } from './seal-design-ref.js';

const mebibyte = 1024 * 1024;

export interface RunningApi {
  readonly url: string;
  close(): Promise<void>;
}

/** Connects everything and listens; what was opened is closed again when a later part fails. */
export async function startApi(config: ApiConfig, log: Log): Promise<RunningApi> {
  return await allOrNothing(async (closers) => {
    const url = await openParts(config, log, closers);
    return { url, close: () => closers.close() };
  });
}

async function openParts(config: ApiConfig, log: Log, closers: Closers): Promise<string> {
  const { database, queue } = await openConnections(
    { config, applicationName: 'drydock-api', maxConnections: 7, openQueue: openQueueBackend, log },
    closers,
  );
  const board = bullBoard(await queue.boardQueues([...config.lanes.map(laneQueueName), stepsQueueName]));
  const stopping = new AbortController();
  const own = { url: `http://${config.host}:${config.port}` };
  const policy = await readReferencePolicy(config);
  const intake = await intakeOf(database.db, config, policy);
  const parts: ApiParts = {
    db: database.db,
    submit: (request) => submitTask({ intake, bell: bellOf(queue), newId: randomUUID, log }, request),
    inventory: inventoryOf(config, closers),
    designs: designsOf(config, policy, { log, closers }),
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

/** A reference that can never work is refused at once; whether it works shows when the task begins. */
async function intakeOf(db: Database, config: ApiConfig, policy: ReferencePolicy): Promise<TaskIntake<ShownTask>> {
  const { secretKeyFile } = config;
  const secretBox = secretKeyFile === undefined ? null : new SecretBox(await readFile(secretKeyFile, 'utf8'));
  return {
    insert: async (task) => {
      if (needsDesign[task.action]) checkReference(task.designRef, policy);
      return await insertTask(db, { ...task, ...sealDesignRef(task.designRef, secretBox) });
    },
  };
}

function designsOf(
  config: ApiConfig,
  policy: ReferencePolicy,
  { log, closers }: { readonly log: Log; readonly closers: Closers },
): DesignReader {
  const designs = openDesignReader(
    {
      policy,
      formats: config.designFormats,
      threads: config.compilerThreads,
      maxQueued: config.compilerQueue,
      compileTimeoutSeconds: config.compilerTimeoutSeconds,
      cacheBytes: config.compiledKeepMib * mebibyte,
      cacheSeconds: config.compiledKeepSeconds,
    },
    log,
  );
  closers.add('design compiler', () => designs.close());
  return designs.reader;
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
