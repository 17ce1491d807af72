import type { NodeInput, StepOutcome } from '@drydock/model';
import { enlistmentKey, notEnlisted } from '../find/enlistment-key.js';
import { findMachine, type Found } from '../find/find-machine.js';
import { ensureIdentity, isIdentityVisible } from './ensure-identity.js';
import { locateMachine } from './locate-machine.js';
import { refuseForeignMachine } from './ownership.js';
import { settleFirst } from './settle-first.js';
import { done, failed, waitForChange, waitSeconds, type StepCall } from './step-call.js';
import type { MachineDocument } from '../resources/machine-document.js';

const lookAgainSeconds = 3;

/** Waits until the node has enlisted, then gives it its name, domain and power settings. */
export async function identifyNode(input: NodeInput, call: StepCall): Promise<StepOutcome> {
  if (call.memory.systemId !== undefined) {
    const located = await locateMachine(call, input.node);
    return 'outcome' in located ? located.outcome : await nameMachine(input, call, located.machine);
  }
  const found = await findMachine(call.region, input.node, call.context.signal);
  if (found.kind === 'none') return await notThere(input, call);
  if (found.kind === 'machine') return await nameMachine(input, call, found.machine);
  return notAMachine(input, call, found);
}

async function nameMachine(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  call.memory.systemId = machine.system_id;
  const stopped = await settleFirst(call, (effect) => isIdentityVisible(effect, machine));
  if (stopped !== null) return stopped;
  const foreign = await refuseForeignMachine(call, machine);
  if (foreign !== null) return foreign;
  const identified = await ensureIdentity(call, input, machine);
  if ('outcome' in identified) return identified.outcome;
  const name = `node ${input.node.name} is machine ${machine.system_id}`;
  return done(call, identified.changed ? `${name}; its name is set` : `${name}; already configured`);
}

function notAMachine(
  input: NodeInput,
  call: StepCall,
  found: Exclude<Found, { kind: 'none' | 'machine' }>,
): StepOutcome {
  if (found.kind === 'ambiguous') return failed(call, 'ambiguous', found.reason);
  return done(call, `node ${input.node.name} is the rack controller ${found.hostname}`);
}

async function notThere(input: NodeInput, call: StepCall): Promise<StepOutcome> {
  const stopped = await settleFirst(call, () => false);
  if (stopped !== null) return stopped;
  const key = enlistmentKey(input.node);
  if (call.context.isLastCall || key === null) return failed(call, 'not_found', whyNotThere(input, key));
  // The shared read may be older than the machine; the observer compares with what we saw.
  const isObserved = key.startsWith('bmc:') || key.startsWith('mac:');
  if (!isObserved) return waitSeconds(call, lookAgainSeconds);
  return waitForChange(call, { key, seen: notEnlisted, state: `${key} has not enlisted in MAAS` });
}

function whyNotThere(input: NodeInput, key: string | null): string {
  if (key === null) {
    return `node ${input.node.name} cannot be recognised in MAAS: it has neither a BMC address nor a boot MAC in the design`;
  }
  return `node ${input.node.name} (${key}) did not enlist in MAAS in time; look at its console, its boot order and DHCP on its PXE network`;
}
