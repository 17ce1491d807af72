import type { PlatformInput, StepOutcome } from '@drydock/model';
import { planTags, refusedTagNames, type TagChange, type TagsFound } from '../diff/plan-tags.js';
import type { MachineDocument } from '../resources/machine-document.js';
import { machineStatus } from '../resources/machine-status.js';
import { locateMachine } from './locate-machine.js';
import { settleFirst } from './settle-first.js';
import { done, failed, type StepCall } from './step-call.js';
import { applyTagChange, isTagVisible } from './tag-writes.js';

/** Puts the node's kernel parameters and tags on its machine. */
export async function applyNodePlatform(input: PlatformInput, call: StepCall): Promise<StepOutcome> {
  const located = await locateMachine(call, input.node);
  if ('outcome' in located) return located.outcome;
  const { machine } = located;
  const stopped = await settleFirst(call, (effect) => isTagVisible(effect, machine));
  if (stopped !== null) return stopped;
  if (machine.status === machineStatus.deployed) return done(call, `${machine.hostname} is already deployed`);
  const wish = { nodeName: input.node.name, kernelParameters: input.kernelParameters, tags: input.tags };
  const refused = refusedTagNames(wish);
  if (refused.length > 0) {
    const reason = `MAAS cannot hold the tags ${refused.join(', ')} of node ${input.node.name}: letters, digits, - and _ only; rename them in the design`;
    return failed(call, 'invalid_design', reason);
  }
  return await applyPlatform(wish, call, machine);
}

async function applyPlatform(
  wish: Parameters<typeof planTags>[0],
  call: StepCall,
  machine: MachineDocument,
): Promise<StepOutcome> {
  const changes = planTags(wish, await tagsFound(call, machine));
  if (changes.length === 0) return done(call, 'tags and kernel parameters are already configured');
  for (const change of changes) {
    const isConfirmed = await applyTagChange(call, machine, change);
    if (!isConfirmed) {
      const reason = `machine ${machine.system_id} is not in tag ${change.name} after it was added: wanted 1 machine added, MAAS says otherwise; look at the tag there`;
      return failed(call, 'not_verified', reason);
    }
    call.notes.info(describeChange(change));
  }
  return done(call, `tags and kernel parameters of ${machine.hostname} are set`);
}

async function tagsFound(call: StepCall, machine: MachineDocument): Promise<TagsFound> {
  const tags = await call.region.tags.get(call.context.signal);
  return {
    onMachine: machine.tag_names ?? [],
    kernelOptions: new Map(tags.map((tag) => [tag.name, tag.kernel_opts ?? ''])),
  };
}

const descriptions = {
  create_tag: 'created tag',
  set_kernel_options: 'set the kernel options of tag',
  add_to_tag: 'added the machine to tag',
  delete_tag: 'deleted tag',
} as const satisfies Record<TagChange['kind'], string>;

function describeChange(change: TagChange): string {
  return `${descriptions[change.kind]} ${change.name}`;
}
