import type { SourcePlace } from '@drydock/model';
import { makeFinding } from '../findings/make-finding.js';
import type { YamlMapping } from './compose-document.js';
import { documentName, nameIn, peekName } from './document-name.js';
import type { DocumentPlaces } from './document-places.js';
import { DocumentReport } from './document-report.js';
import { documentKinds, isDocumentKind, type DocumentKind } from './kinds/document-kinds.js';
import { LostFields } from './lost-fields.js';
import type { ReadableDocument } from './readable-document.js';
import { closestWord } from './shapes/closest-word.js';
import { nameOf, printKey } from './shapes/print-scalar.js';
import { ShapeCursor } from './shapes/shape-cursor.js';
import type { SiteDocument } from './site-document.js';
import { unreadInText } from './unread-document.js';
import type {
  DocumentTranslator,
  PathOf,
  TranslatedDocument,
  Translation,
  UnknownDocument,
} from './translators/document-translator.js';

/** One YAML document as one of ours; null when it is foreign or beyond reading. */
export function readDocument(from: ReadableDocument): SiteDocument | null {
  const { value, offset } = from.yaml.composed;
  if (!(value instanceof Map)) {
    const rule = value === null ? 'document.empty' : 'document.shape';
    from.report(makeFinding(rule, { ...notAMapping(value), place: from.placeAt(offset) }));
    if (value !== null) from.leaveOut(unreadInText(from.text()));
    return null;
  }
  const document: YamlMapping = value;
  const { allowed, refused } = from.translators;
  const read = firstTranslation(document, allowed);
  if (read === null) {
    const unread = firstTranslation(document, refused);
    if (unread !== null) sayRefused(unread, from);
    return null;
  }
  const { translator, translation } = read;
  if (translation.kind !== null) return readOurs(translation, translator, from);
  sayUnknown(translation, from);
  return null;
}

interface Translated {
  readonly translator: DocumentTranslator;
  readonly translation: Translation;
}

function firstTranslation(document: YamlMapping, translators: readonly DocumentTranslator[]): Translated | null {
  for (const translator of translators) {
    const translation = translator.translate(document);
    if (translation !== null) return { translator, translation };
  }
  return null;
}

function readOurs(
  translated: TranslatedDocument,
  { judgedAs }: DocumentTranslator,
  from: ReadableDocument,
): SiteDocument | null {
  const { kind, schema, pathOf, remark } = translated;
  const reference = { schema, name: peekName(translated.metadata) };
  const report = new DocumentReport(from, reference);
  const lostFields = new LostFields(judgedAs);
  const cursorOf = (part: 'metadata' | 'body'): ShapeCursor =>
    new ShapeCursor((mistake, keys, text) => {
      if (part === 'body') lostFields.note(mistake, keys, text);
      report.sayMistake(judgedAs, mistake, { ...text, keys: pathOf(part, keys) });
    });
  if (remark !== null) {
    const { keys, message, advice } = remark;
    const about = { keys, diagnostic: advice, severity: 'advice' } as const;
    report.say('document.version', { message: `${kind} "${printKey(reference.name)}" ${message}`, ...about });
  }
  report.sayDuplicateKeys();
  const name = documentName(translated.metadata, cursorOf('metadata'));
  const at = cursorOf('body');
  if (translated.body === undefined) {
    at.report('type', { message: 'is missing', advice: 'say there what the document is to say' });
  }
  const body: unknown = documentKinds[kind](translated.body, at);
  report.close();
  if (name === null || !(translated.body instanceof Map)) {
    from.leaveOut({ kind, name });
    return null;
  }
  return siteDocument(
    { kind, name, body, reference, lostFields: lostFields.names } as Omit<SiteDocument, 'place' | 'placeOf'>,
    {
      places: from.yaml.places,
      pathOf,
    },
  );
}

/** Apart, so that a document that lives as long as the design keeps nothing of what it was read from but its places. */
function siteDocument(
  parts: Omit<SiteDocument, 'place' | 'placeOf'>,
  { places, pathOf }: { readonly places: DocumentPlaces; readonly pathOf: PathOf },
): SiteDocument {
  return {
    ...parts,
    get place(): SourcePlace {
      return places.placeOf([]);
    },
    placeOf: (keys) => places.placeOf(pathOf('body', keys)),
  };
}

/** In the original a document of the other format was passed over without a word. */
function sayRefused({ translator, translation }: Translated, from: ReadableDocument): void {
  const schema = printKey(translation.schema);
  const allowed = from.translators.allowed.map(({ name }) => name).join(', ');
  new DocumentReport(from, { schema, name: peekName(translation.metadata) }).say('document.ignored', {
    message: `the document is in the format ${translator.name}, which is switched off, and was not read`,
    diagnostic: `write it in a format that is allowed here (${allowed}), or allow ${translator.name} in DRYDOCK_DESIGN_FORMATS`,
    severity: 'advice',
    code: 'DD000',
  });
}

function sayUnknown({ schema, metadata, keys, isMissed }: UnknownDocument, from: ReadableDocument): void {
  const kinds = Object.keys(documentKinds) as DocumentKind[];
  const [, kind = ''] = schema.split('/');
  const meantKind = isDocumentKind(kind) ? kind : closestWord(printKey(kind), kinds);
  const meant = isDocumentKind(kind) ? `drydock/${kind}/v1` : meantKind;
  if (!isMissed) from.leaveOut({ kind: meantKind, name: nameIn(metadata) });
  new DocumentReport(from, { schema: printKey(schema), name: peekName(metadata) }).say('document.kind', {
    message: `${printKey(schema)} is no kind of document that Drydock knows${meant === null ? '' : `; is ${meant} meant?`}`,
    diagnostic: `use one of ${kinds.join(', ')}, version v1, or remove the document`,
    keys,
    severity: isMissed ? 'advice' : 'error',
  });
}

function notAMapping(value: unknown): { message: string; diagnostic: string } {
  return value === null
    ? { message: 'the document is empty', diagnostic: 'remove the surplus ---' }
    : { message: `the document is ${nameOf(value)}, not a mapping`, diagnostic: 'write it as a mapping, or remove it' };
}
