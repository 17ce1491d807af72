import { expect, test } from '@jest/globals';
import { number, object, string } from 'yup';
import { readConfig } from './read-config.js';
import { secretSetting } from './secret-setting.js';

const schema = object({
  port: number().integer().min(1).default(9000).meta({ env: 'DRYDOCK_API_PORT' }),
  level: string().oneOf(['info', 'debug']).default('info').meta({ env: 'DRYDOCK_LOG_LEVEL' }),
  databaseUrl: secretSetting('DATABASE_URL').required(),
});

test('reads values by the names of their variables, with defaults for what is not set or empty', () => {
  const config = readConfig(schema, { DATABASE_URL: ' postgresql://x ', DRYDOCK_API_PORT: '', OTHER: '1' });
  expect(config).toMatchObject({ port: 9000, level: 'info' });
  expect(config.databaseUrl.reveal()).toBe('postgresql://x');
  expect(JSON.stringify(config)).not.toContain('postgresql');
});

test('reports all problems at once, by variable, in one line', () => {
  const read = (): unknown => readConfig(schema, { DRYDOCK_API_PORT: 'high', DRYDOCK_LOG_LEVEL: 'loud' });
  expect(read).toThrow(
    expect.objectContaining({
      code: 'invalid_configuration',
      message: expect.stringMatching(
        /^the configuration has 3 problems: (?=.*DRYDOCK_API_PORT)(?=.*DRYDOCK_LOG_LEVEL)(?=.*DATABASE_URL)[^\n]*$/,
      ),
    }),
  );
});

test('a field that names no variable is a mistake of ours, found at once', () => {
  expect(() => readConfig(object({ port: number() }), {})).toThrow('the configuration field port names no variable');
});
