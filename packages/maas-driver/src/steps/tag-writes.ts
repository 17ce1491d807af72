import type { Effect } from '@drydock/model';
import type { TagChange } from '../diff/plan-tags.js';
import { isMaasError } from '../http/maas-error.js';
import type { MachineDocument } from '../resources/machine-document.js';
import type { TagDocument } from '../resources/site-documents.js';
import { createOnce, type SiteWideThing } from './create-once.js';
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

async function createTag(call: StepCall, tag: NewTag): Promise<void> {
  const { client, tags, tagCreations } = call.region;
  const fields = { name: tag.name, kernel_opts: tag.kernelOptions === '' ? undefined : tag.kernelOptions };
  const thing: SiteWideThing = {
    name: tag.name,
    isThere: async (signal) => hasTag(await tags.get(signal), tag),
    create: async (signal) => {
      await client.write({ method: 'POST', path: 'tags/', fields }, signal);
      tags.amend((known) => [...known, { name: tag.name, kernel_opts: tag.kernelOptions }]);
    },
    forget: () => tags.forget(),
  };
  await createOnce(tagCreations, thing, call.context.signal);
}

function hasTag(tags: readonly TagDocument[], wanted: NewTag): boolean {
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
