import { repositoryView } from '../views/site-views.js';
import type { PackageRepository } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';

const pockets = ['updates', 'security', 'backports'];
const components = ['restricted', 'universe', 'multiverse'];
const arches = ['amd64', 'i386', 'armhf', 'arm64', 'ppc64el', 's390x'];

/** Package repositories (05 §4.4, rules §9). */
export const repositoryRoutes: readonly Route[] = [
  { path: 'package-repositories/', endpoints: { GET: users(list), POST: admins(create) } },
  {
    path: 'package-repositories/:id/',
    endpoints: { GET: users((call) => json(repositoryView(rowOf(call)))), PUT: admins(update), DELETE: admins(remove) },
  },
];

function list(call: Call): Reply {
  return json([...call.world.site.repositories.values()].map(repositoryView));
}

function rowOf(call: Call): PackageRepository {
  const row = call.world.site.repositories.get(Number(call.params['id']));
  if (row === undefined) throw refuse.notFound('PackageRepository');
  return row;
}

function create(call: Call): Reply {
  call.form.require('name');
  call.form.require('url');
  const base: PackageRepository = {
    id: 0,
    name: '',
    url: '',
    distributions: [],
    disabledPockets: [],
    disabledComponents: [],
    disableSources: true,
    components: [],
    arches: ['amd64', 'i386'],
    key: '',
    enabled: true,
    isDefault: false,
  };
  const changes = changesOf(call, base);
  const row: PackageRepository = { ...base, ...changes, id: call.world.nextId('repository') };
  call.world.site.repositories.set(row.id, row);
  return json(repositoryView(row));
}

function update(call: Call): Reply {
  const row = rowOf(call);
  Object.assign(row, changesOf(call, row));
  return json(repositoryView(row));
}

function remove(call: Call): Reply {
  const row = rowOf(call);
  if (row.isDefault) throw refuse.text(400, 'This repository is a default repository, it cannot be deleted.');
  call.world.site.repositories.delete(row.id);
  return noContent;
}

function changesOf(call: Call, row: PackageRepository): Partial<PackageRepository> {
  const { form } = call;
  const name = form.get('name') ?? row.name;
  if ([...call.world.site.repositories.values()].some((other) => other !== row && other.name === name)) {
    throw refuse.field('name', 'Package repository with this Name already exists.');
  }
  const url = form.get('url') ?? row.url;
  if (!/^(https?:\/\/|ppa:|lp-)/.test(url)) throw refuse.field('url', 'Enter a valid repository URL.');
  return {
    name,
    url,
    distributions: form.has('distributions') ? form.words('distributions') : row.distributions,
    components: form.has('components') ? form.words('components') : row.components,
    disabledPockets: choicesOf(call, 'disabled_pockets', pockets) ?? row.disabledPockets,
    disabledComponents: choicesOf(call, 'disabled_components', components) ?? row.disabledComponents,
    arches: choicesOf(call, 'arches', arches) ?? row.arches,
    key: form.get('key') ?? row.key,
    disableSources: form.has('disable_sources') ? form.flag('disable_sources') : row.disableSources,
    enabled: form.has('enabled') ? form.flag('enabled') : row.enabled,
  };
}

function choicesOf(call: Call, field: string, allowed: readonly string[]): string[] | undefined {
  if (!call.form.has(field)) return undefined;
  const words = call.form.words(field);
  const bad = words.find((word) => !allowed.includes(word));
  if (bad !== undefined)
    throw refuse.field(field, `'${bad}' is not a valid choice. Available choices are: ${allowed.join(', ')}.`);
  return words;
}
