import { expect, test } from '@jest/globals';
import { appEnvironment, type ComputedEnvironment } from './process-environment.js';

const computed: ComputedEnvironment = {
  DATABASE_URL: 'postgresql://db',
  DRYDOCK_API_PORT: '9000',
  DRYDOCK_WORKER_HEALTH_PORT: '9100',
};

test('an app gets what the table gives it, and what the user set for Drydock and MAAS', () => {
  const own = { MAAS_URL: 'http://maas', DRYDOCK_LOG_LEVEL: 'debug', REDIS_URL: '', PATH: '/bin', OTHER: 'x' };
  expect(appEnvironment('worker', computed, own)).toEqual({
    DATABASE_URL: 'postgresql://db',
    DRYDOCK_WORKER_HEALTH_PORT: '9100',
    MAAS_URL: 'http://maas',
    DRYDOCK_LOG_LEVEL: 'debug',
    PATH: '/bin',
  });
});

test('what the starter computed wins over what the user set', () => {
  expect(appEnvironment('api', computed, { DRYDOCK_API_PORT: '0' })['DRYDOCK_API_PORT']).toBe('9000');
});
