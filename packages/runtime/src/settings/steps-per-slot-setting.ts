import { defaultGroupLimits } from '@drydock/model';
import { number } from 'yup';

/** Back-pressure: steps in the queue per live worker slot. The scheduler admits by it, the API explains by it. */
export const stepsPerSlotSetting = number()
  .integer()
  .min(1)
  .default(defaultGroupLimits.stepsPerSlot)
  .meta({ env: 'DRYDOCK_STEPS_PER_SLOT' });
