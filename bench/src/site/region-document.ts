import type { GeneratedDocument } from './generated-document.js';

export const regionDocument: GeneratedDocument = {
  kind: 'Region',
  name: 'generated',
  body: {
    tag_definitions: [
      {
        tag: 'nvme',
        definition_type: 'lshw_xpath',
        definition: "//node[@class='storage']/product[contains(., 'NVMe')]",
      },
      { tag: 'sriov', definition_type: 'lshw_xpath', definition: "//capability[@id='sriov']" },
    ],
    authorized_keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMyb3mIpSQNGRMECS9zOvtnc0hIC93G19+n2rQBAys9 operator'],
    repositories: {
      remove_unlisted: true,
      tools: {
        repo_type: 'apt',
        url: 'https://packages.example.test/tools',
        arches: ['amd64'],
        distributions: ['focal'],
        components: ['main'],
      },
    },
  },
};
