import { connectionSettings, healthSettings, logLevelSetting, provisionerSettings, readConfig } from '@drydock/runtime';
import { boolean, number, object, string, type InferType } from 'yup';

const schema = object({
  ...connectionSettings,
  ...provisionerSettings,
  ...healthSettings('DRYDOCK_WORKER_HEALTH_PORT'),
  secretKeyFile: string().required().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  slots: number().integer().min(1).max(500).default(20).meta({ env: 'DRYDOCK_WORKER_SLOTS' }),
  logLevel: logLevelSetting,
  isBmcConfigSkipped: boolean().default(false).meta({ env: 'DRYDOCK_MAAS_SKIP_BMC_CONFIG' }),
  usesNodeOobParameters: boolean().default(false).meta({ env: 'DRYDOCK_MAAS_USE_NODE_OOB_PARAMETERS' }),
  maasConcurrentRequests: number().integer().min(1).default(8).meta({ env: 'DRYDOCK_MAAS_CONCURRENT_REQUESTS' }),
  script: string().meta({ env: 'DRYDOCK_SCRIPT' }),
  observeSeconds: number().min(0.05).max(300).default(10).meta({ env: 'DRYDOCK_POLL_INTERVAL_SECONDS' }),
  redfishCaFile: string().meta({ env: 'DRYDOCK_REDFISH_CA_FILE' }),
  isRedfishTlsVerified: boolean().default(true).meta({ env: 'DRYDOCK_REDFISH_TLS_VERIFY' }),
  manualDelaySeconds: number().min(0).default(60).meta({ env: 'DRYDOCK_MANUAL_DELAY_SECONDS' }),
  isOobLoopbackOnly: boolean().default(false).meta({ env: 'DRYDOCK_OOB_LOOPBACK_ONLY' }),
});

export type WorkerConfig = InferType<typeof schema>;

/** @throws DrydockError naming every problem at once */
export function readWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  return readConfig(schema, env);
}
