import { string } from 'yup';
import { logLevels } from '../logging/create-logger.js';

export const logLevelSetting = string()
  .oneOf([...logLevels])
  .default('info')
  .meta({ env: 'DRYDOCK_LOG_LEVEL' });
