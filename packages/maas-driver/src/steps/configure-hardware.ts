import type { NodeInput, StepOutcome } from '@drydock/model';
import { describeState, readMachine, type MachineDocument } from '../resources/machine-document.js';
import { machineStatus } from '../resources/machine-status.js';
import { collectHardware, withLogs } from './collect-build-data.js';
import { ensureIdentity, isIdentityVisible } from './ensure-identity.js';
import { locateMachine } from './locate-machine.js';
import { hasBegun, operationOutcome, startOperation } from './machine-operation.js';
import { settleFirst } from './settle-first.js';
import { done, failed, notesOf, type StepCall } from './step-call.js';

const operation = 'commission';
const markBroken = 'mark_broken';

/** What to do with a machine on which this step has not started anything yet (reference 04 §6.7, R-12). */
type Way = 'commission' | 'mark_broken' | 'join' | 'collect' | 'leave';

const ways: Readonly<Record<number, Way>> = {
  [machineStatus.new]: 'commission',
  [machineStatus.failedCommissioning]: 'commission',
  [machineStatus.broken]: 'commission',
  // MAAS does not commission from Failed testing (W-6); from Broken it does.
  [machineStatus.failedTesting]: 'mark_broken',
  [machineStatus.commissioning]: 'join',
  [machineStatus.testing]: 'join',
  [machineStatus.ready]: 'collect',
  [machineStatus.allocated]: 'leave',
  [machineStatus.deploying]: 'leave',
  [machineStatus.deployed]: 'leave',
  [machineStatus.failedDeployment]: 'leave',
};

/** Commissions the machine unless it is, and collects what it says about itself. */
export async function configureHardware(input: NodeInput, call: StepCall): Promise<StepOutcome> {
  const located = await locateMachine(call, input.node);
  if ('outcome' in located) return located.outcome;
  const { machine } = located;
  const stopped = await settleFirst(call, (effect) => {
    if (effect.kind === markBroken) return machine.status !== machineStatus.failedTesting;
    if (!hasBegun(effect, operation, machine)) return isIdentityVisible(effect, machine);
    call.memory.started = operation;
    return true;
  });
  if (stopped !== null) return stopped;
  if (call.memory.started === operation) return await finish(input, call, machine);
  const identified = await ensureIdentity(call, input, machine);
  if ('outcome' in identified) return identified.outcome;
  return await begin(input, call, identified.machine);
}

async function begin(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const way = ways[machine.status];
  if (way === undefined) {
    const reason = `${machine.hostname} (machine ${machine.system_id}) cannot be commissioned: ${describeState(machine)}; bring it to New, Ready or Broken in MAAS`;
    return failed(call, 'conflict', reason);
  }
  if (way === 'leave')
    return done(call, `${machine.hostname} is ${machine.status_name}: it has been commissioned before`);
  if (way === 'collect' || way === 'join') return await finish(input, call, machine);
  return await commission(input, call, machine);
}

async function commission(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const startable = ways[machine.status] === 'mark_broken' ? await leaveFailedTesting(call, machine) : machine;
  const { commissionEnableSsh, skipBmcConfig } = call.region.settings;
  const started = await startOperation(call, startable, {
    operation,
    fields: { enable_ssh: commissionEnableSsh, skip_bmc_config: skipBmcConfig },
  });
  if ('outcome' in started) return started.outcome;
  call.notes.info(`commissioning of machine ${machine.system_id} has begun`);
  return await finish(input, call, started.machine);
}

async function leaveFailedTesting(call: StepCall, machine: MachineDocument): Promise<MachineDocument> {
  const answer = await call.writer.write({
    method: 'POST',
    path: `machines/${machine.system_id}/`,
    op: markBroken,
    fields: { comment: 'commissioned again by Drydock after failed testing' },
    effect: { kind: markBroken, systemId: machine.system_id },
  });
  return readMachine(answer);
}

async function finish(input: NodeInput, call: StepCall, machine: MachineDocument): Promise<StepOutcome> {
  const outcome = operationOutcome(call, operation, machine);
  if (outcome?.kind === 'failed') return await withLogs(call, outcome, { nodeName: input.node.name, machine });
  if (outcome !== null) return outcome;
  const collected = await collectHardware(call, { nodeName: input.node.name, machine });
  call.notes.info(
    call.memory.started === operation
      ? `${machine.hostname} is commissioned`
      : `${machine.hostname} is Ready: already configured`,
  );
  return { kind: 'done', ...collected, notes: notesOf(call) };
}
