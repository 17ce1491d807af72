/** A process that picks up one job and holds it until it is killed. Says `holding` on its standard output. */
import { openQueueBackend } from '@drydock/queue';
import { silentLog } from './queue-world.js';

const backend = await openQueueBackend({
  redisUrl: process.env['HOLDER_REDIS_URL'],
  databaseUrl: process.env['HOLDER_DATABASE_URL'],
  log: silentLog,
});
await backend.consume(process.env['HOLDER_QUEUE'] ?? '', {
  concurrency: 1,
  onError: () => undefined,
  handle: () => {
    process.stdout.write('holding\n');
    return new Promise(() => undefined);
  },
});
