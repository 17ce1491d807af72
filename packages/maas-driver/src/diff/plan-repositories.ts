import type { Repositories, Repository } from '@drydock/model';

export interface RepositoryFields {
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly distributions: readonly string[];
  readonly components: readonly string[];
  readonly arches: readonly string[];
  readonly disabledComponents: readonly string[];
  readonly disabledPockets: readonly string[];
}

export interface FoundRepository extends RepositoryFields {
  readonly id: number;
}

export type RepositoryChange =
  | { readonly kind: 'create'; readonly wanted: RepositoryFields }
  | {
      readonly kind: 'update';
      readonly id: number;
      readonly wanted: RepositoryFields;
      readonly differing: readonly string[];
    }
  | { readonly kind: 'delete'; readonly id: number; readonly name: string };

/** MAAS refuses to delete them. */
const defaultArchives = new Set(['main_archive', 'ports_archive']);
const optionalComponents = ['restricted', 'universe', 'multiverse'];
const pockets = ['security', 'updates', 'backports'];

/** Wanted repositories × found ones → changes (reference 04 §6.4). */
export function planRepositories(wanted: Repositories, found: readonly FoundRepository[]): readonly RepositoryChange[] {
  const changes = wanted.entries.flatMap((entry) => planEntry(wantedFields(entry), found));
  if (!wanted.removeUnlisted) return changes;
  const listed = new Set(wanted.entries.map((entry) => entry.name));
  const unlisted = found.filter(({ name }) => !listed.has(name) && !defaultArchives.has(name));
  return [...changes, ...unlisted.map(({ id, name }) => ({ kind: 'delete' as const, id, name }))];
}

function planEntry(wanted: RepositoryFields, found: readonly FoundRepository[]): readonly RepositoryChange[] {
  const present = found.find(({ name }) => name === wanted.name);
  if (present === undefined) return [{ kind: 'create', wanted }];
  const names = Object.keys(wanted) as (keyof RepositoryFields)[];
  const differing = names.filter((name) => textOf(present[name]) !== textOf(wanted[name]));
  return differing.length === 0 ? [] : [{ kind: 'update', id: present.id, wanted, differing }];
}

/** A default archive is told what to leave out, another one what to take. `main` cannot be left out. */
function wantedFields(entry: Repository): RepositoryFields {
  const isDefault = defaultArchives.has(entry.name);
  const isLimited = entry.components.length > 0;
  return {
    name: entry.name,
    url: entry.url,
    key: entry.gpgKey ?? '',
    distributions: entry.distributions,
    components: isDefault ? [] : entry.components,
    arches: entry.arches.length > 0 ? entry.arches : ['amd64'],
    disabledComponents:
      isDefault && isLimited ? optionalComponents.filter((name) => !entry.components.includes(name)) : [],
    disabledPockets:
      entry.subrepositories.length > 0 ? pockets.filter((name) => !entry.subrepositories.includes(name)) : [],
  };
}

function textOf(value: string | readonly string[]): string {
  return typeof value === 'string' ? value.trim() : [...value].sort().join(',');
}
