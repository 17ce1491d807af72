import type { Finding } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import type { DocumentKind } from './kinds/document-kinds.js';
import { readDocument } from './read-document.js';
import { readYaml, type YamlDocument } from './read-yaml.js';
import type { SiteDocument, SiteDocuments } from './site-document.js';
import { SourceText } from './source-text.js';

export interface ParsedDesign {
  readonly documents: SiteDocuments;
  readonly findings: readonly Finding[];
}

/** Reads every document of a design in either format. Bad ones become findings; the others load. */
export function parseDesign(bytes: Uint8Array, source: string): ParsedDesign {
  const findings: Finding[] = [];
  const documents: SiteDocument[] = [];
  const text = decode(bytes);
  if (text === null) {
    findings.push(
      makeFinding('document.encoding', {
        message: 'the design is not UTF-8 text',
        diagnostic: 'save the file as UTF-8',
        place: { source, line: 1, column: 1 },
      }),
    );
  }
  const sourceText = new SourceText(text ?? '', source);
  for (const yaml of readYaml(sourceText)) {
    const document = readOne(yaml, sourceText, findings);
    if (document !== null) documents.push(document);
  }
  return { documents: groupByKind(documents), findings };
}

function readOne(yaml: YamlDocument, source: SourceText, findings: Finding[]): SiteDocument | null {
  if (yaml.ok) return readDocument(yaml, source, (finding) => findings.push(finding));
  findings.push(
    makeFinding('document.syntax', {
      message: `the document is not valid YAML: ${yaml.problem}`,
      diagnostic: 'correct the text at the line that is named; the other documents were read',
      place: source.placeAt(yaml.offset),
    }),
  );
  return null;
}

/** Null: no UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return null;
    throw error;
  }
}

function groupByKind(documents: readonly SiteDocument[]): SiteDocuments {
  const groups: { [K in DocumentKind]: SiteDocument<K>[] } = {
    Region: [],
    Rack: [],
    NetworkLink: [],
    Network: [],
    HardwareProfile: [],
    HostProfile: [],
    BaremetalNode: [],
    BootAction: [],
  };
  for (const document of documents) (groups[document.kind] as SiteDocument[]).push(document);
  return groups;
}
