import { DrydockError } from '@drydock/model';
import type { DocumentTranslator } from './document-translator.js';
import { documentTranslators } from './document-translators.js';

/** Which formats a design may have. */
export interface ChosenTranslators {
  /** Asked in this order; the first that knows a document reads it. */
  readonly allowed: readonly DocumentTranslator[];
  /** What only one of these knows is not read, and a finding says so. */
  readonly refused: readonly DocumentTranslator[];
}

/**
 * The translators of these names; none named: all.
 * @param known all that could be chosen
 * @throws DrydockError `invalid_configuration` for a name that no translator has
 */
export function chooseTranslators(
  names: readonly string[] = [],
  known: readonly DocumentTranslator[] = documentTranslators,
): ChosenTranslators {
  const unknown = names.find((name) => !known.some((translator) => translator.name === name));
  if (unknown !== undefined) {
    const all = known.map((translator) => translator.name).join(', ');
    throw new DrydockError('invalid_configuration', `there is no design format "${unknown}"; known are ${all}`);
  }
  const isAllowed = ({ name }: DocumentTranslator): boolean => names.length === 0 || names.includes(name);
  return { allowed: known.filter(isAllowed), refused: known.filter((translator) => !isAllowed(translator)) };
}
