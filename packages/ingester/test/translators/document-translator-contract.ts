import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isDocumentKind, type DocumentKind } from '../../src/parse/kinds/document-kinds.js';
import { parseDesign, type ParsedDesign } from '../../src/parse/parse-design.js';
import { readYaml } from '../../src/parse/read-yaml.js';
import { SourceText } from '../../src/parse/source-text.js';
import { chooseTranslators } from '../../src/parse/translators/choose-translators.js';
import type { DocumentTranslator } from '../../src/parse/translators/document-translator.js';
import { documentTranslators } from '../../src/parse/translators/document-translators.js';

export interface TranslatorSample {
  /** One document in the format. */
  readonly text: string;
  readonly kind: DocumentKind;
  readonly name: string;
  /** Fields of the translated body, and the line of the text in which each stands. */
  readonly lines: readonly { readonly keys: readonly (string | number)[]; readonly line: number }[];
}

export interface TranslatorSamples {
  readonly documents: readonly TranslatorSample[];
  /** Documents that say they are in the format and are nothing that it knows, each with the line that says so. */
  readonly unknown: readonly { readonly text: string; readonly line: number }[];
  /** Keys that mean something at the root of a document of the format. */
  readonly rootKeys: readonly string[];
}

/** What every translator must do, whatever its format. */
export function describeDocumentTranslator(translator: DocumentTranslator, samples: TranslatorSamples): void {
  describe(`the translator of ${translator.name}`, () => {
    describe.each(samples.documents.map((sample) => [`${sample.kind} ${sample.name}`, sample] as const))(
      'reads %s',
      (_name, sample) => describeSample(translator, sample),
    );
    describeStrangers(translator, samples);
    describeAnything(translator, samples);
  });
}

function describeSample(translator: DocumentTranslator, { text, kind, name, lines }: TranslatorSample): void {
  test('as a document of that kind and name, without a word', () => {
    const { documents, findings } = parse(text, translator);
    expect(findings).toEqual([]);
    expect(documents[kind].map((document) => document.name)).toEqual([name]);
  });

  test('and knows where its fields stand', () => {
    const [document] = parse(text, translator).documents[kind];
    expect(lines.map(({ keys }) => ({ keys, line: document?.placeOf(keys).line }))).toEqual(lines);
  });

  test('the same way every time, and leaves it as it was', () => {
    const document = mappingOf(text);
    const before = structuredClone(document);
    const [first, second] = [translator.translate(document), translator.translate(document)];
    expect({ ...first, pathOf: null }).toEqual({ ...second, pathOf: null });
    expect(document).toEqual(before);
  });

  test('alone', () => {
    const others = documentTranslators.filter((other) => other !== translator);
    expect(others.map((other) => other.translate(mappingOf(text)))).toEqual(others.map(() => null));
  });

  test('only where it is allowed', () => {
    const translators = { allowed: [], refused: [translator] };
    const { documents, findings } = parseDesign(Buffer.from(text), 'site.yaml', { translators });
    expect(documents[kind]).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'document.ignored', level: 'warning', documents: [{ name }] }]);
  });
}

function describeStrangers(translator: DocumentTranslator, samples: TranslatorSamples): void {
  test.each([
    ['an empty document', '{}'],
    ['a certificate', 'schema: deckhand/Certificate/v1\nmetadata: { name: a }\ndata: secret'],
    ["somebody else's resource", 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }'],
    ['keys that are no strings', '{1: a, true: b, null: c}'],
  ])('passes over %s', (_name, text) => {
    expect(translator.translate(mappingOf(text))).toBeNull();
  });

  test.each(samples.unknown)('points at what it does not know: $text', ({ text, line }) => {
    const { findings } = parse(text, translator);
    expect(findings).toMatchObject([{ rule: 'document.kind', place: { line } }]);
  });
}

function describeAnything(translator: DocumentTranslator, { rootKeys, documents }: TranslatorSamples): void {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('drydock/Rack/v1'));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), tie('mapping')),
    mapping: fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => new Map(entries)),
  }));
  const replaced = fc.array(fc.tuple(fc.constantFrom(...rootKeys), value), { maxLength: rootKeys.length });
  const key = fc.oneof(fc.string(), fc.nat(), fc.constantFrom('addressing', 'metadata', 'name'));

  test('never throws, and gives a known kind or says which is none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documents), replaced, fc.array(key), (sample, entries, keys) => {
        const translation = translator.translate(new Map([...mappingOf(sample.text), ...entries]));
        if (translation === null) return;
        expect(translation.kind === null || isDocumentKind(translation.kind)).toBe(true);
        if (translation.kind === null) return;
        expect(translation.schema.split('/')).toHaveLength(3);
        expect(translation.pathOf('metadata', keys)).toBeInstanceOf(Array);
        expect(translation.pathOf('body', keys)).toBeInstanceOf(Array);
      }),
    );
  });
}

function parse(text: string, translator: DocumentTranslator): ParsedDesign {
  return parseDesign(Buffer.from(text), 'site.yaml', { translators: chooseTranslators([], [translator]) });
}

function mappingOf(text: string): ReadonlyMap<unknown, unknown> {
  const [document] = readYaml(new SourceText(text, 'site.yaml'));
  if (document?.ok !== true || !(document.composed.value instanceof Map)) throw new Error(`no mapping: ${text}`);
  return document.composed.value;
}
