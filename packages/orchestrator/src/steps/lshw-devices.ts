import { XMLParser } from 'fast-xml-parser';

/** A device of a machine that has both a place on a bus and an OS name; lshw lists many that have not. */
export interface LshwDevice {
  readonly isNetwork: boolean;
  /** `<bus_type>@<address>`, for instance `pci@0000:00:03.0`. */
  readonly busInfo: string;
  /** `sda`, `eno1`: the last path component of the first logical name. */
  readonly name: string;
}

const keptTags: readonly string[] = ['list', 'node', 'businfo', 'logicalname'];

/** Entities are left alone, so a machine cannot make us expand any; all but four tags are dropped while reading. */
const parser = new XMLParser({
  ignoreAttributes: (attribute) => attribute !== 'class',
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (tag) => tag === 'node' || tag === 'logicalname',
  stopNodes: ['..capabilities', '..configuration', '..resources'],
  updateTag: (tag) => (keptTags.includes(tag) ? tag : false),
});

/**
 * The devices of an `lshw -xml` document in document order.
 * @throws Error that says why the text is not such a document
 */
export function readLshwDevices(lshw: string): readonly LshwDevice[] {
  const document = asRecord(parser.parse(lshw));
  const list = asRecord(document?.['list']) ?? document;
  const roots = list?.['node'];
  if (!Array.isArray(roots)) throw new Error('it has no node element at its root');
  const devices: LshwDevice[] = [];
  collect(roots, devices);
  return devices;
}

function collect(nodes: readonly unknown[], devices: LshwDevice[]): void {
  for (const entry of nodes) {
    const node = asRecord(entry);
    if (!node) continue;
    const busInfo = node['businfo'];
    const name = osName(node['logicalname']);
    if (typeof busInfo === 'string' && busInfo !== '' && name !== null) {
      devices.push({ isNetwork: node['@class'] === 'network', busInfo, name });
    }
    if (Array.isArray(node['node'])) collect(node['node'], devices);
  }
}

function osName(logicalNames: unknown): string | null {
  const first: unknown = Array.isArray(logicalNames) ? logicalNames[0] : undefined;
  if (typeof first !== 'string') return null;
  return first.slice(first.lastIndexOf('/') + 1) || null;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
