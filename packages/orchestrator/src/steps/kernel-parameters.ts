import { type CompiledNode, renderKernelCommandLine } from '@drydock/model';
import { Refusal } from './refusal.js';

/**
 * The kernel command line of a node, empty for none (reference 04 §7.2).
 * @returns a refusal when huge pages have a size and no count: the kernel would read the size as the whole wish
 */
export function renderKernelParameters(node: CompiledNode): string | Refusal {
  const values = new Map(node.kernelParameters);
  const size = values.get('hugepagesz');
  if (size !== undefined && !values.has('hugepages')) {
    return new Refusal(
      'invalid_design',
      `node ${node.name} has the kernel parameter hugepagesz=${size} without hugepages; ` +
        'add hugepages (how many) to its kernel_params or remove hugepagesz',
    );
  }
  return renderKernelCommandLine(node.kernelParameters);
}
