import type { DocumentReference, Finding, SourcePlace } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import type { FindingRule } from '../findings/finding-rules.js';
import type { YamlMapping } from './compose-document.js';
import { documentKinds } from './kinds/document-kinds.js';
import { mistakeRules } from './mistake-rules.js';
import { readEnvelope, type Envelope } from './read-envelope.js';
import type { YamlDocument } from './read-yaml.js';
import { nameOf } from './shapes/scalars.js';
import { keysOf, printPath, ShapePlace } from './shapes/shape.js';
import type { SiteDocument } from './site-document.js';
import type { SourceText } from './source-text.js';

type Readable = Extract<YamlDocument, { ok: true }>;
type Report = (finding: Finding) => void;

interface Reading {
  readonly yaml: Readable;
  readonly source: SourceText;
  readonly report: Report;
}

/** One YAML document as one of ours; null when it is foreign or beyond reading. */
export function readDocument(yaml: Readable, source: SourceText, report: Report): SiteDocument | null {
  const { value } = yaml.composed;
  const place = source.placeAt(yaml.start + yaml.composed.offset);
  if (!(value instanceof Map)) {
    report(makeFinding(value === null ? 'document.empty' : 'document.shape', { ...notAMapping(value), place }));
    return null;
  }
  const reading = readEnvelope(value as YamlMapping);
  if (reading.kind === 'foreign') return null;
  if (reading.kind === 'unknown') {
    report(
      makeFinding('document.kind', {
        message: `${reading.schema} is no kind of document that Drydock knows`,
        diagnostic: `use one of ${Object.keys(documentKinds).join(', ')}, version v1, or remove the document`,
        document: { schema: reading.schema, name: reading.name },
        place,
      }),
    );
    return null;
  }
  return readOurs(reading.envelope, { yaml, source, report });
}

function readOurs(envelope: Envelope, reading: Reading): SiteDocument | null {
  const { yaml, source, report } = reading;
  const place = source.placeAt(yaml.start + yaml.composed.offset);
  const reference = { schema: `drydock/${envelope.kind}/v1`, name: envelope.name ?? 'Unknown' };
  const say = (rule: FindingRule, details: { message: string; diagnostic: string; place?: SourcePlace }): void =>
    report(makeFinding(rule, { place, ...details, document: reference }));
  if (envelope.version !== 'v1') {
    say('document.version', {
      message: `${envelope.kind} "${reference.name}" has version ${envelope.version} and is read as v1`,
      diagnostic: 'write apiVersion: drydock/v1',
    });
  }
  reportDuplicateKeys(reference, reading);
  const placeOf = (keys: readonly (string | number)[]): SourcePlace =>
    source.placeAt(yaml.start + offsetOf(yaml, [envelope.bodyKey, ...keys]));
  const body = readBody(envelope, (rule, keys, message) => {
    say(rule, {
      message: `${envelope.kind} "${reference.name}": ${printPath([envelope.bodyKey, ...keys])} ${message}`,
      diagnostic: 'correct the field in the line that is named',
      place: placeOf(keys),
    });
  });
  if (envelope.name === null) {
    say('document.name', {
      message: `a document of kind ${envelope.kind} has no name`,
      diagnostic: 'give it a metadata.name',
    });
    return null;
  }
  return { kind: envelope.kind, name: envelope.name, body, reference, place, placeOf } as SiteDocument;
}

type ReportField = (rule: FindingRule, keys: readonly (string | number)[], message: string) => void;

function readBody(envelope: Envelope, report: ReportField): unknown {
  const root = new ShapePlace(null, (mistake, path, message) => {
    const rule = mistakeRules[mistake][envelope.format];
    if (rule !== null) report(rule, keysOf(path), message);
  });
  if (envelope.body === undefined) root.report('type', 'is missing');
  return documentKinds[envelope.kind](envelope.body, root);
}

function reportDuplicateKeys(document: DocumentReference, { yaml, source, report }: Reading): void {
  for (const { key, firstOffset, offset } of yaml.composed.duplicateKeys) {
    const place = source.placeAt(yaml.start + offset);
    const first = source.placeAt(yaml.start + firstOffset);
    report(
      makeFinding('document.duplicate-key', {
        message: `key "${String(key)}" stands twice, in lines ${first.line} and ${place.line}; the last one counts`,
        diagnostic: 'remove one of them',
        document,
        place,
      }),
    );
  }
}

function offsetOf(yaml: Readable, keys: readonly (string | number)[]): number {
  let offset = yaml.composed.offset;
  let value = yaml.composed.value;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) break;
    offset = yaml.composed.offsets.get(value)?.get(key) ?? offset;
    value = value instanceof Map ? value.get(key) : Array.isArray(value) ? (value[Number(key)] as unknown) : null;
  }
  return offset;
}

function notAMapping(value: unknown): { message: string; diagnostic: string } {
  return value === null
    ? { message: 'the document is empty', diagnostic: 'remove the surplus ---' }
    : { message: `the document is ${nameOf(value)}, not a mapping`, diagnostic: 'write it as a mapping, or remove it' };
}
