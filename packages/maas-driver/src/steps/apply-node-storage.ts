import type { StepOutcome, StorageInput } from '@drydock/model';
import { planStorage } from '../diff/plan-storage.js';
import { storageAfter } from '../diff/storage-after.js';
import { describeStorageChange } from '../diff/storage-facts.js';
import type { FoundStorage, StorageChange } from '../diff/storage-model.js';
import { StorageProblem, wantStorage, type WantedStorage } from '../diff/want-storage.js';
import { isSameEffect } from '../http/machine-write.js';
import { readMachine, type MachineDocument } from '../resources/machine-document.js';
import { hasGroups, readDisks, readGroups } from '../resources/storage-document.js';
import { locateMachine, readMachineById } from './locate-machine.js';
import { prepareMachine } from './prepared-machine.js';
import { isReleaseVisible } from './release-machine.js';
import { settleFirst } from './settle-first.js';
import { done, failed, type FailedOutcome, type StepCall } from './step-call.js';
import { readStorageAnswer, storageEffect, storageWrite } from './storage-writes.js';

/** Makes the machine's partitions, volume groups, filesystems and mount points those of the design. */
export async function applyNodeStorage(input: StorageInput, call: StepCall): Promise<StepOutcome> {
  const located = await locateMachine(call, input.node);
  if ('outcome' in located) return located.outcome;
  const { machine } = located;
  const wish = wantStorage(input.devices, input.volumeGroups);
  const found = await foundStorage(call, machine);
  const planned = 'problem' in wish ? { problem: wish.problem } : tryPlan(found, wish.wanted);
  const changes = 'problem' in planned ? [] : planned.changes;
  const stopped = await settleFirst(
    call,
    (effect) =>
      isReleaseVisible(effect, call, machine) ||
      (effect.kind !== 'release' &&
        !changes.some((change) => isSameEffect(storageEffect(machine.system_id, change), effect))),
  );
  if (stopped !== null) return stopped;
  const ready = await prepareMachine(call, machine, { isDifferent: changes.length > 0, subject: 'storage' });
  if ('outcome' in ready) return ready.outcome;
  if ('problem' in wish) return unfit(call, machine, wish.problem);
  if ('problem' in planned) return unfit(call, machine, planned.problem);
  return await apply(call, ready.machine, { found, wanted: wish.wanted });
}

interface Work {
  readonly found: FoundStorage;
  readonly wanted: WantedStorage;
}

async function apply(call: StepCall, machine: MachineDocument, work: Work): Promise<StepOutcome> {
  const applied = await applyAll(call, machine, work);
  if ('outcome' in applied) return applied.outcome;
  if (applied.count === 0) return done(call, `storage of ${machine.hostname} is already configured`);
  const after = await foundStorage(call, await readMachineById(call, machine.system_id));
  const left = tryPlan(after, work.wanted);
  if ('problem' in left) return unfit(call, machine, left.problem);
  if (left.changes.length === 0) return done(call, `storage of ${machine.hostname} is configured`);
  return unverified(call, machine, left.changes);
}

type Applied = { readonly count: number } | { readonly outcome: FailedOutcome };

/** One change at a time, each planned on what the answers before it showed. */
async function applyAll(call: StepCall, machine: MachineDocument, work: Work): Promise<Applied> {
  let { found } = work;
  let previous: StorageChange | null = null;
  for (let count = 0; ; count += 1) {
    const planned = tryPlan(found, work.wanted);
    if ('problem' in planned) return { outcome: unfit(call, machine, planned.problem) };
    const [change] = planned.changes;
    if (change === undefined) return { count };
    if (previous !== null && isSameChange(machine, previous, change))
      return { outcome: unverified(call, machine, [change]) };
    found = await applyOne(call, machine, { change, found });
    call.notes.info(describeStorageChange(change));
    previous = change;
  }
}

async function applyOne(
  call: StepCall,
  machine: MachineDocument,
  step: { readonly change: StorageChange; readonly found: FoundStorage },
): Promise<FoundStorage> {
  const { change, found } = step;
  const answer = await call.writer.write(storageWrite(machine.system_id, change));
  if (change.kind === 'set_storage_layout') return await foundStorage(call, readMachine(answer));
  return storageAfter(found, readStorageAnswer(change, answer));
}

async function foundStorage(call: StepCall, machine: MachineDocument): Promise<FoundStorage> {
  const disks = readDisks(machine);
  if (!hasGroups(machine)) return { ...disks, groups: [] };
  const path = `nodes/${machine.system_id}/volume-groups/`;
  return { ...disks, groups: readGroups(await call.region.client.read({ path }, call.context.signal)) };
}

type Planned = { readonly changes: readonly StorageChange[] } | { readonly problem: string };

function tryPlan(found: FoundStorage, wanted: WantedStorage): Planned {
  try {
    return { changes: planStorage(found, wanted) };
  } catch (error) {
    if (error instanceof StorageProblem) return { problem: error.message };
    throw error;
  }
}

function isSameChange(machine: MachineDocument, one: StorageChange, other: StorageChange): boolean {
  return isSameEffect(storageEffect(machine.system_id, one), storageEffect(machine.system_id, other));
}

function unfit(call: StepCall, machine: MachineDocument, problem: string): FailedOutcome {
  const reason = `storage of ${machine.hostname} (machine ${machine.system_id}) cannot be configured: ${problem}`;
  return failed(call, 'invalid_design', reason);
}

function unverified(call: StepCall, machine: MachineDocument, changes: readonly StorageChange[]): FailedOutcome {
  const left = changes.map(describeStorageChange).join(' | ');
  const reason = `storage of machine ${machine.system_id} is not as written, these are wanted and not there: ${left}; look at its storage in MAAS`;
  return failed(call, 'not_verified', reason);
}
