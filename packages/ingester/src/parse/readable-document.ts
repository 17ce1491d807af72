import type { Finding, SourcePlace } from '@drydock/model';
import type { YamlDocument } from './read-yaml.js';
import type { ChosenTranslators } from './translators/choose-translators.js';

/** A document that is YAML, and who hears what is wrong with it. */
export interface ReadableDocument {
  readonly yaml: Extract<YamlDocument, { ok: true }>;
  readonly isStrict: boolean;
  readonly translators: ChosenTranslators;
  readonly report: (finding: Finding) => void;
  /** Where an offset of the document stands. */
  readonly placeAt: (offset: number) => SourcePlace;
}
