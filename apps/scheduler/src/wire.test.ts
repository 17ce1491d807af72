import { expect, it, jest } from '@jest/globals';
import * as db from '@drydock/model/db';
import * as runtime from '@drydock/runtime';
import { readSchedulerConfig } from './config.js';

const happened: string[] = [];
const told = (what: string) => async () => void happened.push(what);
const queue = { setGlobalConcurrency: () => Promise.reject(new Error('the queue is gone')), close: told('queue') };

class DesignCompiler {
  warmUp(): void {
    happened.push('compiler begun');
  }
  close = told('compiler closed');
}

jest.unstable_mockModule('@drydock/runtime', () => ({
  ...runtime,
  openConnections: async () => ({ database: { db: {} }, directUrl: '', queue }),
  openPulse: async () => ({}),
  announceHolder: async () => ({ holder: { id: 'h1' }, announcedAt: 0 }),
}));
jest.unstable_mockModule('@drydock/model/db', () => ({
  ...db,
  ensureLanes: told('lanes written'),
  listenForMoves: () => ({ isListening: true, close: told('listener closed') }),
}));
jest.unstable_mockModule('./design/design-compiler.js', () => ({ DesignCompiler }));
jest.unstable_mockModule('./run-sweeps.js', () => ({ runSweeps: () => ({ close: told('sweeps closed') }) }));
const { startScheduler } = await import('./wire.js');

it('a scheduler that cannot start leaves no thread behind that would keep its process alive', async () => {
  const env = { DATABASE_URL: 'postgres://127.0.0.1:1/drydock', DRYDOCK_SECRET_KEY_FILE: '/nowhere' };
  const starting = startScheduler(readSchedulerConfig(env), runtime.silentLog);
  await expect(starting).rejects.toThrow('the queue is gone');
  expect(happened).toEqual(['lanes written', 'compiler begun', 'sweeps closed', 'listener closed', 'compiler closed']);
});
