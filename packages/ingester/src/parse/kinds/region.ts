import { oneOf } from '../shapes/choice-shape.js';
import { listOf, mapOf, mappingOf } from '../shapes/containers.js';
import { flag } from '../shapes/flag-shapes.js';
import { formatted, urlFormat } from '../shapes/format-shapes.js';
import { required } from '../shapes/presence.js';
import { nameOf } from '../shapes/print-scalar.js';
import { section } from '../shapes/section.js';
import type { Shape, ShapeOf } from '../shapes/shape.js';
import { text, textItem, uncheckedSecret, uncheckedText } from '../shapes/text-shapes.js';

const tagDefinition = section({ tag: text, definition_type: required(oneOf(['lshw_xpath'])), definition: text });

const uncheckedList = listOf((value, at) => uncheckedText(value, at) ?? '');

const missed = { absent: 'missedRequired', none: 'missedRequired' } as const;

/** What a repository is when nothing says so, which leaves the choice to its name. */
const usualType = 'apt';

const repositoryType: Shape<'apt' | 'rpm'> = (value, at) =>
  required(oneOf(['apt', 'rpm'], 'missedChoice'), missed)(value, at) ?? usualType;

const repositoryUrl: Shape<string> = (value, at) =>
  required(formatted(uncheckedSecret, urlFormat), missed)(value, at) ?? '';

const arches: Shape<readonly string[]> = (value, at) => {
  if (value === undefined || value === null) required(uncheckedList, missed)(value, at);
  return value === undefined || value === null ? ['amd64'] : uncheckedList(value, at);
};

/** The original meant to check these; a misspelt word in its schema kept it from that (reference 02 §3.1). */
const repository = section(
  {
    repo_type: repositoryType,
    url: repositoryUrl,
    arches,
    distributions: uncheckedList,
    components: uncheckedList,
    subrepos: uncheckedList,
    gpgkey: uncheckedText,
    options: mapOf((value, at) => uncheckedText(value, at) ?? ''),
  },
  'missedKey',
);

interface RepositoriesBody {
  readonly remove_unlisted: boolean | null;
  readonly entries: readonly (ShapeOf<typeof repository> & { readonly name: string })[];
}

const namedRepository: Shape<ShapeOf<typeof repository>> = (value, at) => {
  if (!(value instanceof Map) || !value.has('name')) return repository(value, at);
  at.report('modelValue', {
    key: 'name',
    message: 'must not be there: the key of a repository is its name',
    advice: 'remove it',
  });
  return repository(new Map([...value].filter(([key]) => key !== 'name')), at);
};

const repositories: Shape<RepositoriesBody> = (value, at) => {
  const map = mappingOf(value, at);
  const entries: RepositoriesBody['entries'][number][] = [];
  for (const [key, item] of map) {
    if (key === 'remove_unlisted') continue;
    if (typeof key === 'string') entries.push({ ...at.read(key, item, namedRepository), name: key });
    else {
      at.report('modelValue', {
        key,
        message: `is a name that is ${nameOf(key)}, not a string`,
        advice: 'put the name in quotes',
      });
    }
  }
  return { remove_unlisted: at.read('remove_unlisted', map.get('remove_unlisted'), flag), entries };
};

/** Reference 02 §3.1. */
export const regionShape = section({
  tag_definitions: listOf(tagDefinition),
  authorized_keys: listOf(textItem),
  repositories,
});
