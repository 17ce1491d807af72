import { describe, expect, test } from '@jest/globals';
import { object } from 'yup';
import { readConfig } from '../config/read-config.js';
import { connectionSettings } from './connection-settings.js';
import { healthSettings } from './health-settings.js';
import { lanesSetting } from './lanes-setting.js';
import { listSetting } from './list-setting.js';
import { logLevelSetting } from './log-level-setting.js';
import { provisionerSettings } from './provisioner-settings.js';

const schema = object({
  ...connectionSettings,
  ...provisionerSettings,
  ...healthSettings('DRYDOCK_WORKER_HEALTH_PORT'),
  lanes: lanesSetting,
  hosts: listSetting('DRYDOCK_DESIGN_HOSTS'),
  logLevel: logLevelSetting,
});
const least = { DATABASE_URL: 'postgresql://u:hidden@127.0.0.1/d' };
const read = (env: Readonly<Record<string, string>>) => readConfig(schema, { ...least, ...env });

describe('the settings that apps read alike', () => {
  test('need a database and have defaults for the rest', () => {
    const config = read({});
    expect(config).toMatchObject({ isDurable: true, nodeDriver: 'none', provisioner: 'default', logLevel: 'info' });
    expect(config).toMatchObject({ healthHost: '127.0.0.1', healthPort: 0, lanes: ['default'], hosts: [] });
    expect(JSON.stringify(config)).not.toContain('hidden');
    expect(() => readConfig(schema, {})).toThrow(/a problem: DATABASE_URL/);
  });

  test('ask for MAAS only where MAAS is the driver', () => {
    expect(read({ DRYDOCK_NODE_DRIVER: 'scripted' }).maasUrl).toBeUndefined();
    expect(() => read({ DRYDOCK_NODE_DRIVER: 'maas' })).toThrow(/2 problems: (?=.*MAAS_URL)(?=.*MAAS_API_KEY)/);
  });

  test.each([
    ['a', ['a']],
    [' a , b,,', ['a', 'b']],
    ['rack-1,2', ['rack-1', '2']],
  ])('the list "%s" names %j', (text, names) => {
    expect(read({ DRYDOCK_LANES: text, DRYDOCK_DESIGN_HOSTS: text })).toMatchObject({ lanes: names, hosts: names });
  });

  test.each(['0.0.0.0', '::', '192.0.2.7'])('the health server may be told to listen on %s', (host) => {
    expect(read({ DRYDOCK_HEALTH_HOST: host }).healthHost).toBe(host);
  });

  test.each([
    ['DRYDOCK_HEALTH_HOST', 'everywhere'],
    ['DRYDOCK_WORKER_HEALTH_PORT', '70000'],
    ['DRYDOCK_LANES', 'a,B'],
    ['DRYDOCK_LANES', ','],
    ['DRYDOCK_LANES', 'a:b'],
    ['DRYDOCK_LOG_LEVEL', 'loud'],
    ['DRYDOCK_NODE_DRIVER', 'ironic'],
    ['DRYDOCK_DURABLE_COMMITS', 'perhaps'],
  ])('%s=%s is refused by its name', (variable, value) => {
    expect(() => read({ [variable]: value })).toThrow(new RegExp(`a problem: ${variable} `));
  });
});
