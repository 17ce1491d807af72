import { expect, test } from '@jest/globals';
import { compileDesign } from '../../src/index.js';
import { chooseTranslators } from '../../src/parse/translators/choose-translators.js';
import { deckhandTranslator } from '../../src/parse/translators/deckhand-translator.js';
import { documentTranslators } from '../../src/parse/translators/document-translators.js';
import { nativeTranslator } from '../../src/parse/translators/native-translator.js';
import { linesOf } from '../compiled.js';
import { describeDocumentTranslator } from './document-translator-contract.js';

describeDocumentTranslator(deckhandTranslator, {
  documents: [
    {
      text: 'schema: drydock/Rack/v1\nmetadata:\n  name: r1\ndata:\n  local_networks:\n    - a\n    - b\n',
      kind: 'Rack',
      name: 'r1',
      lines: [
        { keys: [], line: 4 },
        { keys: ['local_networks', 1], line: 7 },
        { keys: ['location', 'clli'], line: 4 },
      ],
    },
    {
      text: 'data: { cidr: 10.0.0.0/24,\n  mtu: 1500 }\nmetadata: { name: n }\nschema: drydock/Network/v1\n',
      kind: 'Network',
      name: 'n',
      lines: [{ keys: ['mtu'], line: 2 }],
    },
  ],
  unknown: [
    { text: 'data: {}\nschema: drydock/Reck/v1', line: 2 },
    { text: 'schema: drydock/Rack/v2', line: 1 },
    { text: 'data: {}\nschema: drydock/Rack', line: 2 },
  ],
  rootKeys: ['schema', 'metadata', 'data'],
});

describeDocumentTranslator(nativeTranslator, {
  documents: [
    {
      text: 'apiVersion: drydock/v1\nkind: Rack\nmetadata:\n  name: r1\nspec:\n  labels:\n    row: a\n',
      kind: 'Rack',
      name: 'r1',
      lines: [
        { keys: ['labels', 'row'], line: 7 },
        { keys: ['tor_switches'], line: 5 },
      ],
    },
    { text: 'apiVersion: drydock/v1\nkind: Region\nmetadata: { name: r }\n', kind: 'Region', name: 'r', lines: [] },
  ],
  unknown: [
    { text: 'apiVersion: drydock/v1\nmetadata: { name: a }\nkind: Reck', line: 3 },
    { text: 'apiVersion: drydock/v1', line: 1 },
  ],
  rootKeys: ['apiVersion', 'kind', 'metadata', 'spec'],
});

const site = `schema: drydock/Rack/v1
metadata: { name: r1 }
data: {}
---
apiVersion: drydock/v1
kind: Rack
metadata: { name: r2 }
---
apiVersion: v1
kind: Secret
`;

const racksOf = (names: readonly string[], strict = false) => {
  const { design, findings } = compileDesign(Buffer.from(site), 'site.yaml', {
    strict,
    translators: chooseTranslators(names),
  });
  const about = linesOf(findings).filter((line) => line.includes('document.'));
  return { racks: design?.site.racks.map(({ name }) => name), about };
};

test('a design may have all formats, document by document', () => {
  expect(racksOf([])).toEqual({ racks: ['r1', 'r2'], about: [] });
});

test('a document in a format that is switched off is not read, and a finding points at it', () => {
  const { racks, about } = racksOf(['deckhand']);
  expect(racks).toEqual(['r1']);
  expect(about).toEqual([
    'warning DD000 document.ignored 5:1 the document is in the format native, which is switched off, and was not read',
  ]);
});

test('who is strict gets an error for it', () => {
  expect(racksOf(['native'], true)).toEqual({
    racks: undefined,
    about: [
      'error DD000 document.ignored 1:1 the document is in the format deckhand, which is switched off, and was not read',
    ],
  });
});

test('a name that no translator has is refused, and the names that are known are given', () => {
  expect(() => chooseTranslators(['deckhand', 'yaml'])).toThrow(
    expect.objectContaining({
      code: 'invalid_configuration',
      message: 'there is no design format "yaml"; known are deckhand, native',
    }),
  );
});

test('no two translators have one name', () => {
  const names = documentTranslators.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
