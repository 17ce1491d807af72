import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const hugePages: ValidationRule = {
  id: 'platform.huge-pages',
  code: 'DD1008',
  title: 'Hugepages',
  check({ nodes }, report) {
    for (const node of nodes) {
      const keys = new Set(node.kernelParameters.map(([key]) => key));
      if (keys.has('hugepages') === keys.has('hugepagesz')) continue;
      const [has, lacks] = keys.has('hugepages') ? ['hugepages', 'hugepagesz'] : ['hugepagesz', 'hugepages'];
      report.error({
        message: `node ${node.name} has the kernel parameter ${has} without ${lacks}`,
        diagnostic: `add ${lacks} to platform.kernel_params, or remove ${has}`,
        about: aboutNode(node.name),
        keys: ['platform', 'kernel_params'],
      });
    }
  },
};
