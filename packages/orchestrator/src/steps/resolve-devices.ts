import type { CompiledNode, ErrorClass, StatusNote } from '@drydock/model';
import type { DeviceNames, DeviceProblem } from './device-names.js';
import { Refusal } from './refusal.js';

/** The OS name of a device that a design names by alias or by OS name. */
export type DeviceResolver = (name: string) => string;

export function deviceResolver(deviceNames: DeviceNames | null): DeviceResolver {
  return (name) => deviceNames?.names.get(name) ?? name;
}

/** What a problem of a device that a step uses means for the step; `null`: a note, the driver looks for the name as it is. */
const refusedAs = {
  absent: null,
  ambiguous: 'ambiguous',
  bad_pattern: 'invalid_design',
  unreadable: 'not_found',
} as const satisfies Record<DeviceProblem['kind'], ErrorClass | null>;

const advice = {
  absent: 'correct the alias in the hardware profile if the device is missing',
  ambiguous: 'make the pattern in the hardware profile fit one device',
  bad_pattern: 'correct the pattern in the hardware profile',
  unreadable: 'run prepare_nodes for the node again',
} as const satisfies Record<DeviceProblem['kind'], string>;

/**
 * Looks at the devices that one step uses: a wrong guess would format the wrong disk or bond the wrong ports, so what is
 * ambiguous is refused; what is absent may still be an OS name and is told to the user.
 */
export function checkDevices(
  node: CompiledNode,
  deviceNames: DeviceNames | null,
  used: readonly string[],
): readonly StatusNote[] | Refusal {
  const aliases = new Set(node.deviceAliases.map(({ alias }) => alias));
  const usedAliases = [...new Set(used)].filter((name) => aliases.has(name));
  if (!deviceNames) return usedAliases.length > 0 ? [withoutInventory(node, usedAliases)] : [];
  const notes: StatusNote[] = [];
  for (const alias of usedAliases) {
    const problem = deviceNames.problems.get(alias);
    if (!problem) continue;
    const text = `device alias ${alias} of node ${node.name}: ${problem.detail}; ${advice[problem.kind]}`;
    const errorClass = refusedAs[problem.kind];
    if (errorClass !== null) return new Refusal(errorClass, text);
    notes.push(nodeNote(node, `${text}; looking for a device named ${alias}`));
  }
  return notes;
}

function withoutInventory(node: CompiledNode, aliases: readonly string[]): StatusNote {
  return nodeNote(
    node,
    `no hardware inventory of node ${node.name} is stored; looking for devices named ${aliases.join(', ')} ` +
      'as they stand in the design; run prepare_nodes for the node if they are aliases',
  );
}

function nodeNote(node: CompiledNode, text: string): StatusNote {
  return { text, isError: false, contextType: 'node', context: node.name };
}
