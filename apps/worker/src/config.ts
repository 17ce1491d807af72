import {
  connectionSettings,
  healthSettings,
  logLevelSetting,
  provisionerSettings,
  readConfig,
  tracingSettings,
} from '@drydock/runtime';
import { boolean, number, object, string, type InferType } from 'yup';

const schema = object({
  ...connectionSettings,
  ...provisionerSettings,
  ...healthSettings('DRYDOCK_WORKER_HEALTH_PORT'),
  ...tracingSettings,
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
  redfishTimeoutSeconds: number().positive().default(10).meta({ env: 'DRYDOCK_REDFISH_TIMEOUT_SECONDS' }),
  redfishPowerLookSeconds: number().min(1).default(5).meta({ env: 'DRYDOCK_REDFISH_POWER_LOOK_SECONDS' }),
  maasConnectTimeoutSeconds: number().positive().default(5).meta({ env: 'DRYDOCK_MAAS_CONNECT_TIMEOUT_SECONDS' }),
  maasReadTimeoutSeconds: number().positive().default(30).meta({ env: 'DRYDOCK_MAAS_READ_TIMEOUT_SECONDS' }),
  maasListTimeoutSeconds: number().positive().default(120).meta({ env: 'DRYDOCK_MAAS_LIST_TIMEOUT_SECONDS' }),
  maasWriteTimeoutSeconds: number().positive().default(120).meta({ env: 'DRYDOCK_MAAS_WRITE_TIMEOUT_SECONDS' }),
  maasMachineTimeoutSeconds: number().positive().default(300).meta({ env: 'DRYDOCK_MAAS_MACHINE_TIMEOUT_SECONDS' }),
  retryBackoffSeconds: number().min(0).meta({ env: 'DRYDOCK_RETRY_BACKOFF_SECONDS' }),
  retryBackoffCapSeconds: number().min(0).meta({ env: 'DRYDOCK_RETRY_BACKOFF_CAP_SECONDS' }),
  /** Until the API answers machines that fetch their boot actions, nothing delivers them. */
  bootActionDelivery: string().oneOf(['off', 'on']).default('off').meta({ env: 'DRYDOCK_BOOT_ACTION_DELIVERY' }),
  manualDelaySeconds: number().min(0).default(60).meta({ env: 'DRYDOCK_MANUAL_DELAY_SECONDS' }),
  isOobLoopbackOnly: boolean().default(false).meta({ env: 'DRYDOCK_OOB_LOOPBACK_ONLY' }),
});

export type WorkerConfig = InferType<typeof schema>;

/** @throws DrydockError naming every problem at once */
export function readWorkerConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  return readConfig(schema, env);
}
