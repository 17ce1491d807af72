import { machineText } from '../views/machine-view.js';
import { tagView } from '../views/site-views.js';
import type { Tag } from '../world/site.js';
import { admins, json, jsonText, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';

/** Tags (05 §4.4, rules §8.8). Definitions are stored, not evaluated: such a tag has no machines. */
export const tagRoutes: readonly Route[] = [
  { path: 'tags/', endpoints: { GET: users(list), POST: admins(create) } },
  {
    path: 'tags/:name/',
    endpoints: {
      GET: users((call) => json(tagView(tagOf(call)))),
      PUT: admins(update),
      DELETE: admins(remove),
      'GET nodes': users(members),
      'GET machines': users(members),
      'POST update_nodes': admins(updateMembers),
      'POST rebuild': admins((call) => json({ rebuilding: tagOf(call).name })),
    },
  },
];

function list(call: Call): Reply {
  return json([...call.world.site.tags.values()].map(tagView));
}

function tagOf(call: Call): Tag {
  const tag = call.world.site.tags.get(call.params['name'] ?? '');
  if (tag === undefined) throw refuse.notFound('Tag');
  return tag;
}

function requireName(call: Call, name: string, self?: Tag): string {
  if (!/^[a-zA-Z0-9_-]+$/.test(name)) throw refuse.field('name', `Invalid tag name: ${name}.`);
  if (name.length > 256) throw refuse.field('name', 'Ensure this value has at most 256 characters.');
  const other = call.world.site.tags.get(name);
  if (other !== undefined && other !== self) throw refuse.field('name', 'Tag with this Name already exists.');
  return name;
}

function create(call: Call): Reply {
  const { form } = call;
  const tag: Tag = {
    name: requireName(call, form.require('name')),
    definition: form.get('definition') ?? '',
    comment: form.get('comment') ?? '',
    kernelOpts: form.get('kernel_opts') ?? '',
    members: new Set(),
  };
  call.world.site.tags.set(tag.name, tag);
  return json(tagView(tag));
}

function update(call: Call): Reply {
  const tag = tagOf(call);
  const { form } = call;
  const name = requireName(call, form.get('name') ?? tag.name, tag);
  tag.comment = form.get('comment') ?? tag.comment;
  tag.kernelOpts = form.get('kernel_opts') ?? tag.kernelOpts;
  tag.definition = form.get('definition') ?? tag.definition;
  call.world.site.tags.delete(tag.name);
  tag.name = name;
  call.world.site.tags.set(name, tag);
  touchMembers(call, tag.members);
  return json(tagView(tag));
}

function remove(call: Call): Reply {
  const tag = tagOf(call);
  call.world.site.tags.delete(tag.name);
  touchMembers(call, tag.members);
  return noContent;
}

/** Machine documents show tag names, so those of the members are made anew. */
function touchMembers(call: Call, systemIds: Iterable<string>): void {
  for (const systemId of systemIds) {
    const machine = call.world.machines.get(systemId);
    if (machine !== undefined) machine.revision++;
  }
}

function members(call: Call): Reply {
  const tag = tagOf(call);
  const texts = [...tag.members].flatMap((systemId) => {
    const machine = call.world.machines.get(systemId);
    return machine === undefined ? [] : [machineText(call.world, machine)];
  });
  return jsonText(`[${texts.join(',')}]`);
}

/** Counts the ids that were given; unknown ones are ignored (05 §8.8). */
function updateMembers(call: Call): Reply {
  const tag = tagOf(call);
  const { form, world } = call;
  const definition = form.get('definition');
  if (definition !== undefined && definition !== tag.definition) {
    throw refuse.state(`Definition supplied '${definition}' doesn't match current definition '${tag.definition}'`);
  }
  const known = (name: string) => form.all(name).filter((systemId) => world.machines.has(systemId));
  const added = known('add');
  const removed = known('remove');
  for (const systemId of added) tag.members.add(systemId);
  for (const systemId of removed) tag.members.delete(systemId);
  touchMembers(call, [...added, ...removed]);
  return json({ added: added.length, removed: removed.length });
}
