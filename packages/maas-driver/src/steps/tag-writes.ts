import type { Effect } from '@drydock/model';
import type { TagChange } from '../diff/plan-tags.js';
import { isMaasError } from '../http/maas-error.js';
import type { MachineDocument } from '../resources/machine-document.js';
import type { StepCall } from './step-call.js';

const addEffect = 'add_to_tag';

/**
 * Applies one change of tags. What touches the machine is announced; the tag itself belongs to the site.
 * @returns whether MAAS's answer confirms it
 */
export async function applyTagChange(call: StepCall, machine: MachineDocument, change: TagChange): Promise<boolean> {
  const { client } = call.region;
  const { signal } = call.context;
  const path = `tags/${change.name}/`;
  switch (change.kind) {
    case 'create_tag':
      await createTag(call, change);
      return true;
    case 'set_kernel_options':
      await client.write({ method: 'PUT', path, fields: { kernel_opts: change.kernelOptions } }, signal);
      call.region.tags.forget();
      return true;
    case 'delete_tag':
      await deleteTag(call, change.name);
      return true;
    case 'add_to_tag':
      return await addToTag(call, machine, change.name);
  }
}

/** MAAS answers how many of the given machines it knows and put into the tag. */
async function addToTag(call: StepCall, machine: MachineDocument, name: string): Promise<boolean> {
  const answer = await call.writer.write({
    method: 'POST',
    path: `tags/${name}/`,
    op: 'update_nodes',
    fields: { add: [machine.system_id] },
    effect: { kind: addEffect, systemId: machine.system_id, tag: name },
  });
  return (answer as { readonly added?: unknown } | null)?.added === 1;
}

export function isTagVisible(effect: Effect, machine: MachineDocument): boolean {
  return effect.kind === addEffect && (machine.tag_names ?? []).some((name) => name === effect['tag']);
}

interface NewTag {
  readonly name: string;
  readonly kernelOptions: string;
}

/** Many nodes want the same new tag at the same time. */
async function createTag(call: StepCall, tag: NewTag): Promise<void> {
  const { region, context } = call;
  await region.tagCreations.run(tag.name, async () => {
    if (await hasTag(call, tag)) return;
    const fields = { name: tag.name, kernel_opts: tag.kernelOptions === '' ? undefined : tag.kernelOptions };
    try {
      await region.client.write({ method: 'POST', path: 'tags/', fields }, context.signal);
      region.tags.amend((tags) => [...tags, { name: tag.name, kernel_opts: tag.kernelOptions }]);
    } catch (error) {
      // Another process may have made it since we read.
      if (!isMaasError(error, 'validation')) throw error;
      region.tags.forget();
      if (!(await hasTag(call, tag))) throw error;
    }
  });
}

async function hasTag(call: StepCall, wanted: NewTag): Promise<boolean> {
  const tags = await call.region.tags.get(call.context.signal);
  const present = tags.find((tag) => tag.name === wanted.name);
  return present !== undefined && (wanted.kernelOptions === '' || present.kernel_opts === wanted.kernelOptions);
}

async function deleteTag(call: StepCall, name: string): Promise<void> {
  try {
    await call.region.client.write({ method: 'DELETE', path: `tags/${name}/` }, call.context.signal);
  } catch (error) {
    if (!isMaasError(error, 'not_found')) throw error;
  } finally {
    call.region.tags.forget();
  }
}
