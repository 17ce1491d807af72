import type { StepOutcome } from '@drydock/model';
import { nodeNote } from '../node-note.js';
import type { BmcCall } from './bmc-method.js';
import { findSystem } from './find-system.js';

/** Whether the BMC can be used, told by the power state that it reads. */
export async function interrogateOob({ nodeName, session }: BmcCall): Promise<StepOutcome> {
  const { powerState } = await findSystem(session);
  return { kind: 'done', notes: [nodeNote(nodeName, `power of node ${nodeName} is ${powerState}`)] };
}
