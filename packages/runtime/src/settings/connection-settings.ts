import { boolean } from 'yup';
import { secretSetting } from '../config/secret-setting.js';

/** Where the database and the queue of every app are. */
export const connectionSettings = {
  databaseUrl: secretSetting('DATABASE_URL').required(),
  /** Postgres without a transaction pooler in between; for LISTEN and BullMQ. Default: the same. */
  databaseDirectUrl: secretSetting('DATABASE_DIRECT_URL'),
  redisUrl: secretSetting('REDIS_URL'),
  /** Off is for test databases only. */
  isDurable: boolean().default(true).meta({ env: 'DRYDOCK_DURABLE_COMMITS' }),
};
