import type { Finding, SourcePlace } from '@drydock/model';
import { LimitedFindings } from '../findings/limited-findings.js';
import { makeFinding } from '../findings/make-finding.js';
import { brokenDocumentReference } from './broken-document-reference.js';
import { decodeText } from './decode-text.js';
import type { DocumentKind } from './kinds/document-kinds.js';
import { readDocument } from './read-document.js';
import { readYaml, type YamlDocument } from './read-yaml.js';
import type { SiteDocument, SiteDocuments } from './site-document.js';
import { SourceText } from './source-text.js';
import { unreadInText, type UnreadDocument } from './unread-document.js';
import { chooseTranslators, type ChosenTranslators } from './translators/choose-translators.js';

export interface ParseOptions {
  /** What the original's schemas meant to refuse and let pass is an error instead of a warning. */
  readonly strict?: boolean;
  /** The formats that documents may have; default: all that Drydock knows. */
  readonly translators?: ChosenTranslators;
}

export interface ParsedDesign {
  readonly documents: SiteDocuments;
  readonly findings: readonly Finding[];
  /** Those that are there and of which nothing could be read. */
  readonly unread: readonly UnreadDocument[];
}

/** Findings per design and level. */
const mostFindings = 20_000;

/** Of a design; what is made of so many takes seconds and hundreds of megabytes. What is written out has its own limit. */
const mostAliasedValues = 2_000_000;

/** Reads every document of a design, each in its format. Bad ones become findings; the others load. */
export function parseDesign(
  bytes: Uint8Array,
  source: string,
  { strict = false, translators = chooseTranslators() }: ParseOptions = {},
): ParsedDesign {
  const findings: Finding[] = [];
  const documents: SiteDocument[] = [];
  const unread: UnreadDocument[] = [];
  const leaveOut = (document: UnreadDocument | null): void => void (document !== null && unread.push(document));
  const limited = new LimitedFindings(mostFindings, (finding) => findings.push(finding));
  const report = (finding: Finding): void => limited.add(finding.level, () => finding);
  const text = readText(bytes, source, report);
  let aliasedValues = 0;
  for (const yaml of readYaml(text)) {
    const written = (): string => text.text.slice(yaml.range.start, yaml.range.end);
    if (!yaml.ok) {
      report(syntaxFinding(text, yaml, written()));
      leaveOut(unreadInText(written()));
      continue;
    }
    const placeAt = (offset: number): SourcePlace => text.placeAt(yaml.range.start + offset);
    aliasedValues += yaml.composed.aliasedValues;
    if (aliasedValues > mostAliasedValues) {
      findings.push(tooManyAliases(placeAt(0)));
      leaveOut({ kind: null, name: null });
      break;
    }
    const document = readDocument({ yaml, report, leaveOut, isStrict: strict, translators, text: written, placeAt });
    if (document !== null) documents.push(document);
  }
  findings.push(...unsaidFindings(limited, text));
  return { documents: groupByKind(documents), findings, unread };
}

function tooManyAliases(place: SourcePlace): Finding {
  return makeFinding('document.limit', {
    message: `aliases of the design stand for more than ${mostAliasedValues} values; from here on nothing was read`,
    diagnostic: 'write out what is repeated, or put it in host profiles that others inherit',
    place,
  });
}

function unsaidFindings(limited: LimitedFindings, text: SourceText): readonly Finding[] {
  return (['error', 'warning'] as const).flatMap((level) => {
    const unsaid = limited.unsaid(level);
    if (unsaid === 0) return [];
    return makeFinding('document.limit', {
      message: `the documents of the design have ${unsaid} more ${level}s than are listed`,
      diagnostic: 'correct those that are listed, then validate again',
      place: text.placeAt(0),
      level,
    });
  });
}

function readText(bytes: Uint8Array, source: string, report: (finding: Finding) => void): SourceText {
  const { text, problem } = decodeText(bytes);
  const sourceText = new SourceText(text, source);
  if (problem !== null) {
    report(
      makeFinding('document.encoding', {
        message: problem.message,
        diagnostic: 'save the file as UTF-8',
        place: sourceText.placeAt(problem.offset),
        level: problem.level,
      }),
    );
  }
  return sourceText;
}

type UnreadableDocument = Extract<YamlDocument, { ok: false }>;

function syntaxFinding(text: SourceText, { offset, problem }: UnreadableDocument, written: string): Finding {
  return makeFinding('document.syntax', {
    message: `the document is not valid YAML: ${problem}`,
    diagnostic:
      'correct the text at the line that is named; the other documents were read, and what they say of this one is not judged',
    document: brokenDocumentReference(written),
    place: text.placeAt(offset),
  });
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
