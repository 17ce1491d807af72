import { maasPower, PowerFailure } from '../engine/power.js';
import { machineText } from '../views/machine-view.js';
import { hardwareOf } from '../world/world.js';
import { jsonText, type Call, type Reply } from './call.js';
import { machineToChange } from './machine-lookup.js';
import { refuse } from './refusal.js';

/** `op=power_on` and `op=power_off`; null when there was nothing to send. */
export async function powerRequest(call: Call, action: 'on' | 'off'): Promise<Reply> {
  const machine = machineToChange(call);
  const hardware = hardwareOf(call.world, machine);
  if (hardware?.isPoweredOn === (action === 'on') && hardware.faults.bmcDown !== true) return jsonText('null');
  try {
    await maasPower(call.world, machine, action);
  } catch (error) {
    if (error instanceof PowerFailure) throw refuse.text(500, error.message);
    throw error;
  }
  return jsonText(machineText(call.world, machine));
}
