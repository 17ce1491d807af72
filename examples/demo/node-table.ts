import type { TaskTree } from '@drydock/client';
import type { MachineState } from '@drydock/maas-simulator';
import type { CompiledDesign } from '@drydock/model';
import { secondsPerNode } from './seconds-per-node.js';

/** What became of every node, as lines of a table: the machine by the simulator's word, the time by the API's. */
export function nodeTable(
  design: CompiledDesign,
  machines: readonly MachineState[],
  tasks: readonly TaskTree[],
): readonly string[] {
  const seconds = secondsPerNode(tasks);
  const rows = design.nodes.map((node) => {
    const maas = machines.find(({ name }) => name === node.name)?.maas ?? null;
    const addresses = maas?.interfaces.flatMap(({ links }) => links.flatMap(({ ipAddress }) => ipAddress ?? [])) ?? [];
    const groups = maas?.volumeGroups.map(({ name, logicalVolumes }) => `${name} (${logicalVolumes.length} LV)`) ?? [];
    const time = seconds.get(node.name);
    return [
      node.name,
      node.rack ?? '',
      maas?.statusName ?? 'unknown to MAAS',
      addresses.join(' '),
      groups.join(' '),
      time === undefined ? '' : `${time.toFixed(1)} s`,
    ];
  });
  return aligned([['node', 'rack', 'status', 'addresses', 'volume groups', 'time'], ...rows]);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
