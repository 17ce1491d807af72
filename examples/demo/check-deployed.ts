import type { MachineState } from '@drydock/maas-simulator';
import type { CompiledDesign, CompiledNode } from '@drydock/model';
import { checkNetworking } from './check-networking.js';
import { checkPlatform } from './check-platform.js';
import { checkStorage } from './check-storage.js';
import { Comparison, type Problem } from './problem.js';

/**
 * Compares the machines, as the simulator says they are, with the design, and gives every difference; none: all is
 * well. Reads the design itself and shares nothing with the drivers, so that their mistakes cannot hide here.
 */
export function checkDeployed(design: CompiledDesign, machines: readonly MachineState[]): readonly Problem[] {
  const problems = design.nodes.flatMap((node) => {
    const machine = machines.find(({ name }) => name === node.name);
    return checkMachine(design, node, machine);
  });
  const strangers = machines.filter(({ name }) => !design.nodes.some((node) => node.name === name));
  return [
    ...problems,
    ...strangers.map(({ name }) => ({ node: name, what: 'machine', wanted: 'not in the design', found: 'there' })),
  ];
}

function checkMachine(
  design: CompiledDesign,
  node: CompiledNode,
  machine: MachineState | undefined,
): readonly Problem[] {
  const comparison = new Comparison(node.name);
  const maas = machine?.maas ?? null;
  if (machine === undefined || maas === null) {
    comparison.note('machine', 'Deployed', machine === undefined ? 'not in the fleet' : 'unknown to MAAS');
    return comparison.problems;
  }
  comparison.expect('power', 'on', machine.power);
  comparison.expect('installed system', true, machine.hasInstalledSystem);
  checkPlatform(node, maas, comparison);
  checkNetworking({ node, site: design.site }, maas, comparison);
  checkStorage(node, maas, comparison);
  return comparison.problems;
}
