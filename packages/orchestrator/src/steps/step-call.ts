import type { StepContext, StepOutcome } from '@drydock/model';
import type { Refusal } from './refusal.js';
import type { StepDrivers } from './step-drivers.js';
import type { StepMaterial } from './step-material.js';

/** One verb on its way to a driver: the driver's answer, or why no driver was asked. */
export type StepCall = (
  drivers: StepDrivers,
  material: StepMaterial,
  context: StepContext,
) => Promise<StepOutcome | Refusal>;
