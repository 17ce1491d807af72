import type { ReferencePolicy } from '@drydock/ingester';
import { createMaasDriver } from '@drydock/maas-driver';
import type { NodeInventory } from '@drydock/model';
import { ensureLanes, MoveNotifier, type OpenDatabase } from '@drydock/model/db';
import type { TaskBell } from '@drydock/orchestrator';
import { laneQueueName, openQueueBackend, type QueueBackend, stepsQueueName } from '@drydock/queue';
import {
  allOrNothing,
  type Closers,
  laneRows,
  type Log,
  openConnections,
  readReferencePolicy,
  serveHealth,
} from '@drydock/runtime';
import { openTelemetry, poolReading, type Tracing } from '@drydock/telemetry';
import { absentInventory } from './absent-inventory.js';
import { acceptTasks } from './accept-tasks.js';
import { bullBoard } from './admin/bull-board.js';
import type { ApiParts } from './api-parts.js';
import { createApp } from './app.js';
import type { ApiConfig } from './config.js';
import type { DesignReader } from './design/design-reader.js';
import { openDesignReader } from './design/open-design-reader.js';
import { listen, type Listening } from './http/listen.js';
import { publicApiUrl } from './public-api-url.js';

const mebibyte = 1024 * 1024;

export interface RunningApi {
  readonly url: string;
  /** Where `/healthz`, `/readyz` and `/metrics` are. */
  readonly healthUrl: string;
  /** Sends clients elsewhere while they are still served; for a process that others stand beside. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Connects everything and listens; what was opened is closed again when a later part fails. */
export async function startApi(config: ApiConfig, plainLog: Log): Promise<RunningApi> {
  return await allOrNothing(async (closers) => {
    const { metrics, tracing, log } = await openTelemetry('api', config, plainLog);
    closers.add('tracing', () => tracing.close());
    const { database, queue } = await openConnections(
      { config, applicationName: 'drydock-api', maxConnections: 7, openQueue: openQueueBackend, log },
      closers,
    );
    metrics.addReading(poolReading(database.pool));
    const { server, readiness } = await serveHealth({ config, database, metrics }, closers);
    const { listening, stop } = await openParts({ config, database, queue, tracing, log }, closers);
    readiness.add({ listener: () => checkListener(listening) });
    readiness.addRemark('queue', { check: () => queue.ping(), meaning: 'tasks are accepted and begin a little later' });
    readiness.serve(closers);
    return {
      url: listening.url,
      healthUrl: server.url,
      drain: async () => {
        readiness.stop();
        stop();
        await listening.drain(config.drainSeconds);
      },
      close: () => closers.close(),
    };
  });
}

interface Given {
  readonly config: ApiConfig;
  readonly database: OpenDatabase;
  readonly queue: QueueBackend;
  readonly tracing: Tracing;
  readonly log: Log;
}

interface OpenParts {
  readonly listening: Listening;
  /** Ends long polls. */
  readonly stop: () => void;
}

async function openParts({ config, database, queue, tracing, log }: Given, closers: Closers): Promise<OpenParts> {
  const board = bullBoard(await queue.boardQueues([...config.lanes.map(laneQueueName), stepsQueueName]));
  const stopping = new AbortController();
  const own = { url: `http://${config.host}:${config.port}` };
  const policy = await readReferencePolicy(config);
  await ensureLanes(database.db, laneRows(config));
  const parts: ApiParts = {
    db: database.db,
    ...(await acceptTasks({ db: database.db, bell: bellOf(queue), config, policy, tracing, log })),
    inventory: inventoryOf(config, closers),
    designs: designsOf(config, policy, { log, closers }),
    why: { provisioner: config.provisioner, stepsPerSlot: config.stepsPerSlot },
    notifyMoves: movesNotifier(database.pool, { log, closers }),
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
  return { listening, stop: () => stopping.abort() };
}

function checkListener({ isAccepting }: Listening): void {
  if (!isAccepting) throw new Error('accepts no connections');
}

/** A notify that is lost costs a second: schedulers also look by themselves. */
function movesNotifier(
  pool: OpenDatabase['pool'],
  { log, closers }: { readonly log: Log; readonly closers: Closers },
): () => void {
  const notifier = new MoveNotifier(pool, (error) => log.warn('notify failed', { error }));
  closers.add('notifier', () => notifier.close());
  return () => notifier.notify();
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
