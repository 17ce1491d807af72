import { parseEvents, YAMLException } from 'js-yaml';
import { composeDocument, type ComposedDocument } from './compose-document.js';
import type { SourceText } from './source-text.js';
import { splitDocuments } from './split-documents.js';
import { YamlProblem } from './yaml-problem.js';

/** One document of a stream, or why it is none. All offsets count from the start of the stream. */
export type YamlDocument =
  | { readonly ok: true; readonly start: number; readonly composed: ComposedDocument }
  | { readonly ok: false; readonly offset: number; readonly problem: string };

/** Reads every document of a stream; a bad one does not hide the others. */
export function readYaml(source: SourceText): readonly YamlDocument[] {
  return splitDocuments(source.text).flatMap(({ start, end }) => readRange(source.text.slice(start, end), start));
}

function readRange(text: string, start: number): readonly YamlDocument[] {
  try {
    const events = parseEvents(text, {});
    return events.length === 0 ? [] : [{ ok: true, start, composed: composeDocument(text, events) }];
  } catch (error) {
    return [{ ok: false, ...problemOf(error, start) }];
  }
}

function problemOf(error: unknown, start: number): { offset: number; problem: string } {
  if (error instanceof YamlProblem) return { offset: start + error.offset, problem: error.message };
  if (error instanceof YAMLException) return { offset: start + (error.mark?.position ?? 0), problem: error.reason };
  throw error;
}
