import type { Finding, SourcePlace } from '@drydock/model';
import type { YamlDocument } from './read-yaml.js';
import type { ChosenTranslators } from './translators/choose-translators.js';
import type { UnreadDocument } from './unread-document.js';

/** A document that is YAML, and who hears what is wrong with it. */
export interface ReadableDocument {
  readonly yaml: Extract<YamlDocument, { ok: true }>;
  readonly isStrict: boolean;
  readonly translators: ChosenTranslators;
  readonly report: (finding: Finding) => void;
  /** For one that is ours, as far as anybody knows, and of which nothing could be read. */
  readonly leaveOut: (document: UnreadDocument | null) => void;
  /** What is written. */
  readonly text: () => string;
  /** Where an offset of the document stands. */
  readonly placeAt: (offset: number) => SourcePlace;
}
