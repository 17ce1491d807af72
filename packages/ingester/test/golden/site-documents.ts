import type { CompiledNode } from '@drydock/model';

/** A document in neither format yet. */
export interface NeutralDocument {
  readonly kind: string;
  readonly name: string;
  readonly body: object;
}

export const formats = ['deckhand', 'native'] as const;

type Format = (typeof formats)[number];

const envelopes: Readonly<Record<Format, (document: NeutralDocument) => object>> = {
  deckhand: ({ kind, name, body }) => ({ schema: `drydock/${kind}/v1`, metadata: { name }, data: body }),
  native: ({ kind, name, body }) => ({ apiVersion: 'drydock/v1', kind, metadata: { name }, spec: body }),
};

/** JSON is YAML. */
export function writeDocuments(documents: readonly NeutralDocument[], format: Format): string {
  return documents.map((document) => `---\n${JSON.stringify(envelopes[format](document), null, 1)}\n`).join('');
}

export const hardwareProfile: NeutralDocument = { kind: 'HardwareProfile', name: 'hardware', body: {} };

/** The least that a node needs. */
export const leastNode = {
  hardware_profile: 'hardware',
  addressing: [{ network: 'net', address: 'dhcp' }],
};

/** What the least node is. */
export const leastEffective: Omit<CompiledNode, 'name'> = {
  domain: 'local',
  hostProfile: null,
  hardwareProfile: 'hardware',
  primaryNetwork: null,
  rack: null,
  rackLabels: {},
  bootMac: null,
  oob: null,
  image: null,
  kernel: null,
  kernelParameters: [],
  tags: [],
  ownerData: {},
  interfaces: [],
  storage: { devices: [], volumeGroups: [] },
  addressing: [{ network: 'net', type: 'dhcp', address: null }],
  deviceAliases: [],
  bootActions: [],
};
