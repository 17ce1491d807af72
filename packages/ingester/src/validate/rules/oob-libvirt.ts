import { aboutNode, type ValidationRule } from '../validation-rule.js';

export const oobLibvirt: ValidationRule = {
  id: 'oob.libvirt',
  code: 'DD4002',
  title: 'Valid Libvirt Configuration',
  check({ nodes }, report) {
    for (const node of nodes) {
      if (node.oob?.type !== 'libvirt') continue;
      const about = { about: aboutNode(node.name), keys: ['oob'] };
      const uri = node.oob.parameters['libvirt_uri'];
      if (uri?.startsWith('qemu+ssh') !== true) {
        report.error({
          message:
            uri === undefined
              ? `node ${node.name} has oob type libvirt without oob.libvirt_uri`
              : `oob.libvirt_uri of node ${node.name} is no qemu+ssh URI`,
          diagnostic: 'write a URI that begins with qemu+ssh://',
          ...about,
        });
      }
      if (node.bootMac === null) {
        report.error({
          message: `node ${node.name} has oob type libvirt without a boot_mac`,
          diagnostic: 'set metadata.boot_mac of the node',
          about: aboutNode(node.name),
          keys: ['metadata'],
        });
      }
    }
  },
};
