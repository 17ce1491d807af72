import type { Effect, StepOutcome } from '@drydock/model';
import { isMaasError, type MaasError } from '../http/maas-error.js';
import type { FormFields } from '../http/form-body.js';
import { describeState, readMachine, type MachineDocument } from '../resources/machine-document.js';
import { operationState, type Operation } from '../resources/machine-status.js';
import { readMachineById } from './locate-machine.js';
import { failed, waitForChange, type FailedOutcome, type StepCall } from './step-call.js';

/** A long operation of a machine: MAAS answers at once, the machine works for minutes. */
export interface OperationRequest {
  readonly operation: Operation;
  readonly fields: FormFields;
}

type Started = { readonly machine: MachineDocument } | { readonly outcome: FailedOutcome };

/** Starts it. A 500 is read back: MAAS accepts, fails to power the machine and reverts (reference 04 §15.5). */
export async function startOperation(
  call: StepCall,
  machine: MachineDocument,
  request: OperationRequest,
): Promise<Started> {
  const { operation, fields } = request;
  const systemId = machine.system_id;
  if (call.context.isLastCall) {
    return {
      outcome: failed(
        call,
        'timeout',
        `no time is left to ${operation} ${machine.hostname}: ${describeState(machine)}`,
      ),
    };
  }
  try {
    const answer = await call.writer.write({
      method: 'POST',
      path: `machines/${systemId}/`,
      op: operation,
      fields,
      limit: 'machineSeconds',
      effect: operationEffect(operation, machine),
    });
    call.memory.started = operation;
    return { machine: readMachine(answer) };
  } catch (error) {
    if (!isMaasError(error, 'server_failed')) throw error;
    return await readBack(call, machine, { operation, error });
  }
}

async function readBack(
  call: StepCall,
  before: MachineDocument,
  refusal: { readonly operation: Operation; readonly error: MaasError },
): Promise<Started> {
  const now = await readMachineById(call, before.system_id);
  call.memory.failureText = refusal.error.facts.text;
  if (now.status === before.status) {
    await call.writer.settleAs('not_done');
    return { outcome: failed(call, 'machine_failed', powerFailure(refusal.operation, now, refusal.error.facts.text)) };
  }
  call.memory.started = refusal.operation;
  await call.writer.settleAs('done');
  return { machine: now };
}

function powerFailure(operation: Operation, machine: MachineDocument, text: string): string {
  return `MAAS could not ${operation} ${machine.hostname} (machine ${machine.system_id}): ${text}; check the address, the account and the power of its BMC`;
}

/** The announcement tells the state from which the operation began, so that a later read can tell what became of it. */
export function operationEffect(operation: Operation, machine: MachineDocument): Effect {
  return {
    kind: operation,
    systemId: machine.system_id,
    fromStatus: machine.status,
    fromResult: resultOf(operation, machine),
  };
}

/** Whether an announced operation has begun, judged by what the machine shows now. */
export function hasBegun(effect: Effect, operation: Operation, machine: MachineDocument): boolean {
  if (effect.kind !== operation) return false;
  return machine.status !== effect['fromStatus'] || resultOf(operation, machine) !== (effect['fromResult'] ?? null);
}

/** MAAS makes a new set of results for every commissioning and installation. */
function resultOf(operation: Operation, machine: MachineDocument): number | null {
  if (operation === 'commission') return machine.current_commissioning_result_id ?? null;
  if (operation === 'deploy') return machine.current_installation_result_id ?? null;
  return null;
}

/** @returns null when the operation has reached its end well; else what the step answers now */
export function operationOutcome(call: StepCall, operation: Operation, machine: MachineDocument): StepOutcome | null {
  const state = operationState(operation, machine.status);
  if (state === 'ok') return null;
  const name = `${machine.hostname} (machine ${machine.system_id})`;
  if (state === 'failed') {
    const text = call.memory.failureText;
    if (text !== undefined) return failed(call, 'machine_failed', powerFailure(operation, machine, text));
    const reason = `${operation} of ${name} failed: ${describeState(machine)}; look at its logs`;
    return failed(call, 'machine_failed', reason);
  }
  if (call.context.isLastCall) {
    const reason = `${operation} of ${name} did not end in time: ${describeState(machine)}; look at its console and events`;
    return failed(call, 'timeout', reason);
  }
  reportMessage(call, machine);
  const seen = observedValue(machine, call.region.settings.reportProgressMessages);
  return waitForChange(call, { key: machine.system_id, seen, state: `MAAS status: ${machine.status_name}` });
}

function reportMessage(call: StepCall, machine: MachineDocument): void {
  const message = machine.status_message;
  if (!call.region.settings.reportProgressMessages || !message || message === call.memory.reported) return;
  call.memory.reported = message;
  call.notes.info(message);
}

/** What the observer compares; a step and its observer must agree on it. */
export function observedValue(machine: MachineDocument, withMessage: boolean): string {
  return withMessage ? `${machine.status} ${machine.status_message ?? ''}`.trim() : String(machine.status);
}
