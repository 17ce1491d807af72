import { type InferType, number, object, string } from 'yup';
import {
  connectionSettings,
  designReferenceSettings,
  healthSettings,
  laneSettings,
  logLevelSetting,
  provisionerSettings,
  readConfig,
  stepsPerSlotSetting,
  tracingSettings,
} from '@drydock/runtime';
import { isLoopbackHost } from './http/is-loopback.js';

const schema = object({
  ...connectionSettings,
  ...provisionerSettings,
  ...designReferenceSettings,
  host: string()
    .default('127.0.0.1')
    .test(
      'loopback',
      '${path} is not a loopback address, and without authentication the API listens on nothing else: use 127.0.0.1',
      (host) => isLoopbackHost(host),
    )
    .meta({ env: 'DRYDOCK_API_HOST' }),
  port: number().integer().min(0).max(65535).default(9000).meta({ env: 'DRYDOCK_API_PORT' }),
  /** How long it still serves when it is told to stop, so that whoever balances sends nothing more here. */
  drainSeconds: number().min(0).max(600).default(2).meta({ env: 'DRYDOCK_API_DRAIN_SECONDS' }),
  ...healthSettings('DRYDOCK_API_HEALTH_PORT'),
  ...tracingSettings,
  /** What clients outside reach us by; links begin with it. Default: where we listen. */
  publicUrl: string()
    .test('http', '${path} must be an http or https URL', (url) => url === undefined || /^https?:\/\/[^/]/.test(url))
    .meta({ env: 'DRYDOCK_PUBLIC_URL' }),
  /** Seals the user info of design references; without it such references are refused. */
  secretKeyFile: string().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  compilerThreads: number().integer().min(1).max(64).default(2).meta({ env: 'DRYDOCK_COMPILER_THREADS' }),
  /** Designs that may wait for one of them. */
  compilerQueue: number().integer().min(0).default(64).meta({ env: 'DRYDOCK_COMPILER_QUEUE' }),
  compilerTimeoutSeconds: number().positive().default(60).meta({ env: 'DRYDOCK_COMPILER_TIMEOUT_SECONDS' }),
  compiledKeepMib: number().min(0).default(64).meta({ env: 'DRYDOCK_COMPILED_KEEP_MIB' }),
  compiledKeepSeconds: number().min(0).default(600).meta({ env: 'DRYDOCK_COMPILED_KEEP_SECONDS' }),
  ...laneSettings,
  stepsPerSlot: stepsPerSlotSetting,
  logLevel: logLevelSetting,
});

export type ApiConfig = InferType<typeof schema>;

/** @throws DrydockError that names every problem at once */
export function readApiConfig(env: Readonly<Record<string, string | undefined>>): ApiConfig {
  return readConfig(schema, env);
}
