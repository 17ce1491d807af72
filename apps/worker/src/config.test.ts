import { describe, expect, it } from '@jest/globals';
import { readWorkerConfig } from './config.js';

const least = { DATABASE_URL: 'postgresql://u:hidden@127.0.0.1/d', DRYDOCK_SECRET_KEY_FILE: 'key' };

describe('the configuration of a worker', () => {
  it('needs a database and a key, and has defaults for the rest', () => {
    const config = readWorkerConfig(least);
    expect(config).toMatchObject({ slots: 20, nodeDriver: 'none', observeSeconds: 10, isDurable: true });
    expect(JSON.stringify(config)).not.toContain('hidden');
  });

  it('tells all problems at once, by variable', () => {
    const env = { DRYDOCK_NODE_DRIVER: 'maas', DRYDOCK_WORKER_SLOTS: '0', DRYDOCK_LOG_LEVEL: 'loud' };
    const wrong = ['DATABASE_URL', 'DRYDOCK_SECRET_KEY_FILE', 'MAAS_URL', 'MAAS_API_KEY', ...Object.keys(env).slice(1)];
    const all = wrong.map((variable) => `(?=.*${variable})`).join('');
    expect(() => readWorkerConfig(env)).toThrow(new RegExp(`has 6 problems: ${all}`));
  });

  it('asks for MAAS only where MAAS is the driver', () => {
    expect(readWorkerConfig({ ...least, DRYDOCK_NODE_DRIVER: 'scripted' }).maasUrl).toBeUndefined();
    expect(() => readWorkerConfig({ ...least, DRYDOCK_NODE_DRIVER: 'maas', MAAS_URL: 'http://m' })).toThrow(
      /a problem: MAAS_API_KEY/,
    );
  });

  it.each([
    ['DRYDOCK_NODE_DRIVER', 'ironic'],
    ['DRYDOCK_WORKER_SLOTS', '2.5'],
    ['DRYDOCK_WORKER_HEALTH_PORT', '70000'],
    ['DRYDOCK_POLL_INTERVAL_SECONDS', '0'],
    ['DRYDOCK_DURABLE_COMMITS', 'perhaps'],
  ])('refuses %s=%s', (variable, value) => {
    expect(() => readWorkerConfig({ ...least, [variable]: value })).toThrow(new RegExp(`a problem: ${variable}`));
  });
});
