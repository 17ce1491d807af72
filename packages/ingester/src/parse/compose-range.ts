import { parseEvents } from 'js-yaml';
import { RecordedOffsets } from './collection-offsets.js';
import { composeDocument, type ComposedDocument } from './compose-document.js';
import { composePlainDocument } from './compose-plain-document.js';
import type { DocumentRange } from './split-documents.js';

/** A marker and nothing else; a stream of a million of them is read in no time. */
const emptyDocument = /^---\r?\n?$/;

/** The document in a range of a stream; null when there is none. Throws `YamlProblem` and js-yaml's `YAMLException`. */
export function composeRange(stream: string, range: DocumentRange): ComposedDocument | null {
  const plain = composePlainDocument(stream, range);
  if (plain !== null) return plain;
  const text = stream.slice(range.start, range.end);
  if (emptyDocument.test(text)) {
    return { value: null, offset: 0, offsets: new RecordedOffsets(), duplicateKeys: [], aliasedValues: 0 };
  }
  const events = parseEvents(text, {});
  return events.length === 0 ? null : composeDocument(text, events);
}
