import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@drydock/model';
import * as fc from 'fast-check';
import { compileDesign } from '../src/index.js';
import { findingRules } from '../src/findings/finding-rules.js';
import { validationRules } from '../src/validate/validation-rules.js';
import { sample } from './compiled.js';
import { byteMutation, lineMutation, valueMutation } from './document-mutations.js';

const documents = (['site-deckhand', 'site-native'] as const).flatMap((name) =>
  sample(name).replace('...', '').split(/^---$/m).slice(1),
);
const document = fc.constantFrom(...documents);

const newline = 0x0a;

const healthy = '\n---\nschema: drydock/Rack/v1\nmetadata: {name: healthy}\ndata: {}\n';

const ruleIds: ReadonlySet<string> = new Set([...Object.keys(findingRules), ...validationRules.map(({ id }) => id)]);

/** Why what is said about bytes is not as it must be: a result, or errors that say where, and never nothing. */
function complaintsAbout(bytes: Uint8Array): readonly string[] {
  const { design, findings, isValid } = compileDesign(bytes, 'site.yaml');
  const lines = bytes.reduce((count, byte) => (byte === newline ? count + 1 : count), 1);
  const hasError = findings.some(({ level }) => level === 'error');
  return [
    ...(isValid === hasError ? ['the verdict is not that of the findings'] : []),
    ...(isValid && design === null ? ['a valid design is missing'] : []),
    ...findings.filter((finding) => !isWellSaid(finding, lines)).map((finding) => JSON.stringify(finding)),
  ];
}

function isWellSaid({ rule, level, message, diagnostic, place }: Finding, lines: number): boolean {
  if (!ruleIds.has(rule) || rule === 'internal' || message === '') return false;
  if (level !== 'info' && diagnostic === '') return false;
  if (place === null) return !rule.startsWith('document.');
  return place.source === 'site.yaml' && place.line >= 1 && place.line <= lines && place.column >= 1;
}

function expectNextDocumentRead(bytes: Uint8Array): void {
  const { findings } = compileDesign(Buffer.concat([bytes, Buffer.from(healthy), Buffer.from(healthy)]), 'site.yaml');
  expect(findings.filter(({ rule }) => rule === 'document.duplicate')).toContainEqual(
    expect.objectContaining({ documents: [{ schema: 'drydock/Rack/v1', name: 'healthy' }] }),
  );
}

describe('20,000 damaged documents', () => {
  test.each([
    ['bytes', 6000, byteMutation],
    ['lines', 6000, lineMutation],
    ['values', 8000, valueMutation],
  ])('with other %s are judged, each with a place, and never crash', (_name, numRuns, mutation) => {
    fc.assert(
      fc.property(document.chain(mutation), (bytes) => {
        expect(complaintsAbout(bytes)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('do not hide those after them', () => {
    const mutations = document.chain((text) => fc.oneof(byteMutation(text), lineMutation(text), valueMutation(text)));
    const hasOwnEncoding = (bytes: Uint8Array): boolean => bytes[0] === 0xff || bytes[0] === 0xfe;
    fc.assert(
      fc.property(
        mutations.filter((bytes) => !hasOwnEncoding(bytes)),
        expectNextDocumentRead,
      ),
      { numRuns: 1000 },
    );
  });
});
