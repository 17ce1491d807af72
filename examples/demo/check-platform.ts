import type { MaasMachineState } from '@drydock/maas-simulator';
import type { CompiledNode } from '@drydock/model';
import type { Comparison } from './problem.js';

/** Status, name, image, kernel and its parameters, tags and owner data. */
export function checkPlatform(node: CompiledNode, maas: MaasMachineState, comparison: Comparison): void {
  comparison.expect('status', 'Deployed', maas.statusName);
  comparison.expect('host name', node.name, maas.hostname);
  comparison.expect('domain', node.domain, maas.domain);
  if (node.image !== null) comparison.expect('image', node.image, maas.distroSeries);
  if (node.kernel !== null) comparison.expect('kernel', node.kernel, maas.hweKernel);
  checkKernelParameters(node, maas, comparison);
  for (const tag of node.tags) comparison.expect(`tag ${tag}`, true, maas.tags.includes(tag));
  for (const [key, value] of Object.entries(node.ownerData)) {
    comparison.expect(`owner data ${key}`, value, maas.ownerData[key] ?? null);
  }
}

function checkKernelParameters(node: CompiledNode, maas: MaasMachineState, comparison: Comparison): void {
  const found = maas.kernelOptions.split(/\s+/).filter((word) => word !== '');
  const wanted = node.kernelParameters.map(([key, value]) => (isSwitch(key, value) ? key : `${key}=${value}`));
  comparison.expect('kernel parameters', wanted.toSorted().join(' '), found.toSorted().join(' '));
  // The kernel reads a count for the size that stands before it.
  const size = found.findIndex((word) => word.startsWith('hugepagesz='));
  const count = found.findIndex((word) => word.startsWith('hugepages='));
  if (size >= 0 && count >= 0) comparison.expect('hugepagesz directly before hugepages', size + 1, count);
}

/** `True` stands for a parameter without a value (reference 02 §4.6). */
function isSwitch(key: string, value: string): boolean {
  return value === 'True' && key !== 'hugepagesz' && key !== 'hugepages';
}
