import type { GeneratedDocument } from './generated-document.js';

const script = `#!/bin/sh
set -eu
# {{ node.hostname }} of {{ site.name }}
modprobe br_netfilter
sysctl --system
systemctl enable --now join-cluster.service
`;

const unit = `[Unit]
Description=Join the cluster
After=network-online.target

[Service]
Type=oneshot
ExecStart=/opt/site/join.sh

[Install]
WantedBy=multi-user.target
`;

/** For all machines, for a tag, for a label, for everything outside the control plane. */
export const bootActionDocuments: readonly GeneratedDocument[] = [
  {
    kind: 'BootAction',
    name: 'join-cluster',
    body: {
      signaling: true,
      assets: [
        {
          path: '/opt/site/join.sh',
          type: 'file',
          permissions: '555',
          data: script,
          data_pipeline: ['utf8_decode', 'template'],
        },
        {
          path: '/lib/systemd/system/join-cluster.service',
          type: 'unit',
          permissions: '444',
          data: unit,
          data_pipeline: ['utf8_decode'],
        },
      ],
    },
  },
  {
    kind: 'BootAction',
    name: 'packages',
    body: {
      signaling: false,
      assets: [{ type: 'pkg_list', data: { chrony: null, lldpd: '1.0.4-1build2', ethtool: '1:5.4-1' } }],
    },
  },
  filtered('hugepages', { filter_type: 'union', node_tags: ['compute'] }),
  filtered('object-storage', { filter_type: 'intersection', node_labels: { 'ceph-osd': 'enabled' } }),
  filtered('first-row', { filter_type: 'intersection', node_tags: ['workers'], rack_labels: { row: 'row-001' } }),
  filtered('first-racks', { filter_type: 'union', rack_names: ['rack-0001', 'rack-0002'] }),
];

function filtered(
  name: string,
  filter: Readonly<Record<string, string | string[] | Record<string, string>>>,
): GeneratedDocument {
  return {
    kind: 'BootAction',
    name,
    body: {
      signaling: false,
      node_filter: { filter_set_type: 'union', filter_set: [filter] },
      assets: [
        {
          path: `/etc/site/${name}`,
          type: 'file',
          permissions: '644',
          data: 'enabled',
          data_pipeline: ['utf8_decode'],
        },
      ],
    },
  };
}
