import { number, object, string } from 'yup';
import { secretSetting } from '../config/secret-setting.js';
import { healthHostSetting } from '../settings/health-settings.js';
import { logLevelSetting } from '../settings/log-level-setting.js';

/** What `npm start` itself reads; the rest of its environment goes to the apps by `environmentTable`. */
export const startConfigSchema = object({
  databaseUrl: secretSetting('DATABASE_URL'),
  databaseDirectUrl: secretSetting('DATABASE_DIRECT_URL'),
  dataDirectory: string().meta({ env: 'DRYDOCK_DATA_DIR' }),
  secretKeyFile: string().meta({ env: 'DRYDOCK_SECRET_KEY_FILE' }),
  apiHost: string().default('127.0.0.1').meta({ env: 'DRYDOCK_API_HOST' }),
  apiPort: number().integer().min(0).max(65_535).default(9000).meta({ env: 'DRYDOCK_API_PORT' }),
  apiDrainSeconds: number().min(0).default(0).meta({ env: 'DRYDOCK_API_DRAIN_SECONDS' }),
  workers: number().integer().min(1).max(64).default(2).meta({ env: 'DRYDOCK_WORKERS' }),
  healthHost: healthHostSetting,
  logLevel: logLevelSetting,
});
