import type { CompileReport } from './compile-report.js';
import type { HostDocument } from './inherit-settings.js';
import { removal } from './merge-values.js';

/**
 * Says where one host profile or node names a thing twice, or both removes and has it: merging goes by name, so one of
 * the two has no effect.
 */
export function sayDoubtfulNames(document: HostDocument, report: CompileReport): void {
  const { interfaces, storage } = document.body;
  const judge = (keys: readonly (string | number)[], what: string, names: readonly string[]): void => {
    for (const problem of doubtfulNames(names)) {
      report.say('compile.value', { document, keys, severity: 'warning', ...sayingOf(what, problem) });
    }
  };
  const { physical_devices: devices, volume_groups: groups } = storage;
  if (interfaces.size > 0) judge(['interfaces'], 'interface', [...interfaces.keys()]);
  if (devices.size > 0) judge(['storage', 'physical_devices'], 'device', [...devices.keys()]);
  if (groups.size > 0) judge(['storage', 'volume_groups'], 'volume group', [...groups.keys()]);
  for (const [name, { partitions }] of devices) {
    judge(['storage', 'physical_devices', name, 'partitions'], `device ${name}: partition`, namesOf(partitions));
  }
  for (const [name, { logical_volumes: volumes }] of groups) {
    const keys = ['storage', 'volume_groups', name, 'logical_volumes'];
    judge(keys, `volume group ${name}: logical volume`, namesOf(volumes));
  }
}

interface DoubtfulName {
  readonly name: string;
  readonly isRemoved: boolean;
}

function doubtfulNames(names: readonly string[]): readonly DoubtfulName[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  const removed = [...seen].flatMap((name) => (name.startsWith(removal) ? name.slice(removal.length) : []));
  return [
    ...[...repeated].map((name) => ({ name, isRemoved: false })),
    ...removed.filter((name) => seen.has(name)).map((name) => ({ name, isRemoved: true })),
  ];
}

function sayingOf(what: string, { name, isRemoved }: DoubtfulName): { message: string; diagnostic: string } {
  return isRemoved
    ? {
        message: `${what} "${name}" is both removed and given; an inherited one is removed and not given anew`,
        diagnostic: `remove "${removal}${name}", or give what is new another name`,
      }
    : { message: `${what} "${name}" stands twice`, diagnostic: 'give each a name of its own; merging goes by name' };
}

function namesOf(items: readonly { readonly name: string | null }[]): readonly string[] {
  return items.flatMap(({ name }) => name ?? []);
}
