import { siteTemplate } from './site-template.js';

export interface SiteOptions {
  /** Of every BMC; the same on all of their addresses. Default 8000. */
  readonly bmcPort?: number;
}

const nodesPerRack = 20;
const mostNodes = 200 * nodesPerRack;
const defaultBmcPort = 8000;

/**
 * A site design of so many nodes in racks of 20, as YAML: every node is one of the demo's compute nodes.
 * BMCs are at 127.16.<rack>.<11 and up>. The same arguments give the same text.
 * @throws RangeError for a count below 1, above 4000 or not whole
 */
export function siteOf(nodeCount: number, options: SiteOptions = {}): string {
  if (!Number.isInteger(nodeCount) || nodeCount < 1 || nodeCount > mostNodes) {
    throw new RangeError(`a generated site has 1 to ${mostNodes} nodes, not ${nodeCount}`);
  }
  const rackCount = Math.ceil(nodeCount / nodesPerRack);
  const racks = Array.from({ length: rackCount }, (_, index) => rackDocument(index + 1));
  const nodes = Array.from({ length: nodeCount }, (_, index) => nodeDocument(index));
  const port = options.bmcPort ?? defaultBmcPort;
  return siteTemplate.replace(`port: ${defaultBmcPort}`, `port: ${port}`) + racks.join('') + nodes.join('');
}

function rackDocument(rack: number): string {
  return `---
apiVersion: drydock/v1
kind: Rack
metadata:
  name: ${rackName(rack)}
spec:
  tor_switches:
    switch${pad(rack)}a:
      mgmt_ip: 10.14.${rack}.1
      sdn_api_uri: https://switches.demo.example/${rackName(rack)}/a
  location:
    row: '${rack}'
  local_networks:
    - pxe
`;
}

function nodeDocument(index: number): string {
  const rack = Math.floor(index / nodesPerRack) + 1;
  const position = (index % nodesPerRack) + 1;
  const host = `${rack}.${10 + position}`;
  return `---
apiVersion: drydock/v1
kind: BaremetalNode
metadata:
  name: r${pad(rack)}n${pad(position)}
spec:
  host_profile: compute
  metadata:
    rack: ${rackName(rack)}
  addressing:
    - network: oob
      address: 127.16.${host}
    - network: pxe
      address: dhcp
    - network: mgmt
      address: 10.10.${host}
    - network: storage
      address: 10.11.${host}
    - network: tenant
      address: 10.12.${host}
`;
}

function rackName(rack: number): string {
  return `rack${pad(rack)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
