import { YAMLException } from 'js-yaml';
import type { ComposedDocument } from './compose-document.js';
import { composeRange } from './compose-range.js';
import { DocumentPlaces } from './document-places.js';
import type { SourceText } from './source-text.js';
import { splitDocuments, type DocumentRange } from './split-documents.js';
import { YamlProblem } from './yaml-problem.js';

/** One document of a stream, or why it is none. */
export type YamlDocument =
  | {
      readonly ok: true;
      /** In the stream; offsets in `composed` count from its start. */
      readonly range: DocumentRange;
      readonly composed: ComposedDocument;
      /** For those who ask later: keeps none of the values of `composed`. */
      readonly places: DocumentPlaces;
    }
  | {
      readonly ok: false;
      readonly range: DocumentRange;
      /** In the stream, and within the range. */
      readonly offset: number;
      readonly problem: string;
    };

/** What js-yaml quotes after these words may be a password that nobody put in quotes. */
const quoting = /^(tag name cannot contain such characters|undeclared tag handle).*/s;

/** Reads every document of a stream, one at a time; a bad one does not hide the others. */
export function* readYaml(source: SourceText): Generator<YamlDocument, void, undefined> {
  for (const range of splitDocuments(source.text)) {
    const document = readRange(source, range);
    if (document !== null) yield document;
  }
}

function readRange(source: SourceText, range: DocumentRange): YamlDocument | null {
  try {
    const composed = composeRange(source.text, range);
    return composed && { ok: true, range, composed, places: new DocumentPlaces(source, range) };
  } catch (error) {
    const { offset, problem } = problemOf(error, range.start);
    return { ok: false, range, offset: Math.min(offset, range.end - 1), problem };
  }
}

function problemOf(error: unknown, start: number): { offset: number; problem: string } {
  if (error instanceof YamlProblem) return { offset: start + error.offset, problem: error.message };
  if (error instanceof YAMLException) {
    return { offset: start + (error.mark?.position ?? 0), problem: error.reason.replace(quoting, '$1') };
  }
  throw error;
}
