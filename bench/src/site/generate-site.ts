import { bootActionDocuments } from './boot-action-documents.js';
import type { GeneratedDocument } from './generated-document.js';
import { hardwareDocuments } from './hardware-documents.js';
import { nodeDocument } from './node-document.js';
import { rackProfileDocument, siteProfileDocuments } from './profile-documents.js';
import { rackDocuments } from './rack-documents.js';
import { regionDocument } from './region-document.js';
import { layOutNodes, layOutRacks, type NodeLayout } from './site-layout.js';
import { writeYaml } from './write-yaml.js';

export const siteFormats = ['native', 'deckhand'] as const;
export type SiteFormat = (typeof siteFormats)[number];

/**
 * A valid site design of so many nodes, as text: per rack of twenty its links, subnets and profiles; three levels of
 * host profiles; bonds, VLANs, route domains, LVM, SR-IOV, tags, labels and boot actions. The same arguments give
 * the same text. Addresses are private and nobody is ever asked for them.
 */
export function generateSite(nodes: number, format: SiteFormat): string {
  return documentsOf(nodes)
    .map((document) => `---\n${writeYaml(envelopes[format](document))}\n`)
    .join('');
}

function documentsOf(count: number): readonly GeneratedDocument[] {
  const nodes = layOutNodes(count);
  return [
    regionDocument,
    ...hardwareDocuments,
    ...siteProfileDocuments,
    ...layOutRacks(count).flatMap(rackDocuments),
    ...rackProfilesOf(nodes),
    ...nodes.map(nodeDocument),
    ...bootActionDocuments,
  ];
}

function rackProfilesOf(nodes: readonly NodeLayout[]): readonly GeneratedDocument[] {
  const profiles = nodes.map(({ rack, role }) => rackProfileDocument(rack, role));
  return [...new Map(profiles.map((profile) => [profile.name, profile])).values()];
}

/** As such documents look when they come from where they are kept, with metadata that nobody reads here. */
const envelopes = {
  native: ({ kind, name, body }) => ({
    apiVersion: 'drydock/v1',
    kind,
    metadata: { name, region: 'generated', author: 'bench', description: `Generated ${kind}` },
    spec: body,
  }),
  deckhand: ({ kind, name, body }) => ({
    schema: `drydock/${kind}/v1`,
    metadata: {
      schema: 'metadata/Document/v1',
      name,
      storagePolicy: 'cleartext',
      layeringDefinition: { abstract: false, layer: 'site' },
    },
    data: body,
  }),
} as const satisfies Record<SiteFormat, (document: GeneratedDocument) => Parameters<typeof writeYaml>[0]>;
