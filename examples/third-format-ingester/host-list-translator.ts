import type { DocumentTranslator, PathOf, TranslatedDocument } from '@drydock/ingester';

type Mapping = ReadonlyMap<unknown, unknown>;

const version = 'example/v1';

/** Fields of a node that stand at the root of a host under another name. */
const renamed: readonly { readonly written: string; readonly read: readonly [string, string?] }[] = [
  { written: 'profile', read: ['host_profile'] },
  { written: 'rack', read: ['metadata', 'rack'] },
  { written: 'mac', read: ['metadata', 'boot_mac'] },
  { written: 'tags', read: ['metadata', 'tags'] },
  { written: 'labels', read: ['metadata', 'owner_data'] },
];

const hostKeys: ReadonlySet<unknown> = new Set([
  'hosts',
  'host',
  'addresses',
  ...renamed.map(({ written }) => written),
]);

/**
 * A host as an inventory exports it: flat, and with its addresses by network.
 *
 * ```yaml
 * hosts: example/v1
 * host: web-01
 * profile: web
 * addresses: { mgmt: 10.0.1.11, pxe: dhcp }
 * ```
 */
export const hostListTranslator: DocumentTranslator = {
  name: 'host-list',
  judgedAs: 'deckhand',
  translate(document) {
    const written = document.get('hosts');
    if (typeof written !== 'string' || !written.startsWith('example/')) return null;
    const metadata = new Map([['name', document.get('host')]]);
    if (written !== version) {
      return { kind: null, schema: written, metadata, keys: ['hosts'], isMissed: false };
    }
    return translateHost(document, metadata);
  },
};

function translateHost(document: Mapping, metadata: Mapping): TranslatedDocument {
  const addresses = document.get('addresses');
  const networks = addresses instanceof Map ? [...addresses.keys()] : [];
  return {
    kind: 'BaremetalNode',
    schema: 'example/Host/v1',
    metadata,
    body: bodyOf(document, addresses instanceof Map ? [...addresses].map(addressingOf) : addresses),
    pathOf: pathsTo(networks.map(String)),
    remark: null,
  };
}

/** A key that means nothing here is passed on, so that the shape of the node reports it. */
function bodyOf(document: Mapping, addressing: unknown): Mapping {
  const node = new Map([...document].filter(([key]) => !hostKeys.has(key)));
  const nodeMetadata = new Map<unknown, unknown>();
  for (const { written, read } of renamed) {
    if (!document.has(written)) continue;
    const [field, metadataField] = read;
    if (metadataField === undefined) node.set(field, document.get(written));
    else nodeMetadata.set(metadataField, document.get(written));
  }
  return node.set('metadata', nodeMetadata).set('addressing', addressing);
}

function addressingOf([network, address]: readonly [unknown, unknown]): Mapping {
  return new Map([
    ['network', network],
    ['address', address],
  ]);
}

/** Holds the names of the networks, and nothing else of the document: it lives as long as the design. */
function pathsTo(networks: readonly string[]): PathOf {
  return (part, keys) => {
    if (part === 'metadata') return ['host'];
    const [section, ...below] = keys;
    if (section === 'addressing') {
      const network = networks[Number(below[0])];
      return network === undefined ? ['addresses'] : ['addresses', network];
    }
    const field = renamed.find(({ read }) => read.every((key, index) => keys[index] === key));
    return field === undefined ? keys : [field.written, ...keys.slice(field.read.length)];
  };
}
