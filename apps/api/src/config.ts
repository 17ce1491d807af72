import { boolean, type InferType, number, object, string } from 'yup';
import { logLevels, readConfig, secretSetting } from '@drydock/runtime';
import { isLoopbackHost } from './http/is-loopback.js';

const laneNames = /^[a-z0-9][a-z0-9-]{0,62}(,[a-z0-9][a-z0-9-]{0,62})*$/;

const schema = object({
  host: string()
    .default('127.0.0.1')
    .test(
      'loopback',
      '${path} is not a loopback address, and without authentication the API listens on nothing else: use 127.0.0.1',
      (host) => isLoopbackHost(host),
    )
    .meta({ env: 'DRYDOCK_API_HOST' }),
  port: number().integer().min(0).max(65535).default(9000).meta({ env: 'DRYDOCK_API_PORT' }),
  /** What clients outside reach us by; links begin with it. Default: where we listen. */
  publicUrl: string()
    .test('http', '${path} must be an http or https URL', (url) => url === undefined || /^https?:\/\/[^/]/.test(url))
    .meta({ env: 'DRYDOCK_PUBLIC_URL' }),
  databaseUrl: secretSetting('DATABASE_URL').required(),
  /** Postgres without a transaction pooler in between; for BullMQ. Default: the same. */
  databaseDirectUrl: secretSetting('DATABASE_DIRECT_URL'),
  redisUrl: secretSetting('REDIS_URL'),
  /** Seals the user info of design references; without it such references are refused. */
  secretKeyFile: string().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  lanes: string()
    .default('default')
    .matches(laneNames, '${path} must be lane names of a-z, 0-9 and "-", joined by commas')
    .meta({ env: 'DRYDOCK_LANES' }),
  logLevel: string()
    .oneOf([...logLevels])
    .default('info')
    .meta({ env: 'DRYDOCK_LOG_LEVEL' }),
  nodeDriver: string().oneOf(['maas', 'scripted', 'none']).default('none').meta({ env: 'DRYDOCK_NODE_DRIVER' }),
  provisioner: string().default('default').meta({ env: 'DRYDOCK_PROVISIONER' }),
  maasUrl: string()
    .when('nodeDriver', { is: 'maas', then: (field) => field.required() })
    .meta({ env: 'MAAS_URL' }),
  maasApiKey: secretSetting('MAAS_API_KEY').when('nodeDriver', { is: 'maas', then: (field) => field.required() }),
  /** Off is for test databases only. */
  isDurable: boolean().default(true).meta({ env: 'DRYDOCK_DURABLE_COMMITS' }),
});

export type ApiConfig = InferType<typeof schema>;

/** @throws DrydockError that names every problem at once */
export function readApiConfig(env: Readonly<Record<string, string | undefined>>): ApiConfig {
  return readConfig(schema, env);
}
