import { flag, looseText, oneOf, text } from '../shapes/scalars.js';
import { listOf, mapOf, mappingOf, section } from '../shapes/containers.js';
import type { Shape, ShapeOf } from '../shapes/shape.js';

const tagDefinition = section({ tag: text, definition_type: oneOf(['lshw_xpath']), definition: text });

const looseList = listOf((value, at) => looseText(value, at) ?? '');

/** The original meant to check these and did not; only a missing URL makes a repository useless. */
const repositoryFields = section(
  {
    repo_type: (value, at) => {
      const type = oneOf(['apt', 'rpm'], 'advice')(value, at);
      if (value === undefined) at.report('advice', 'is missing and taken as apt');
      return type ?? ('apt' as const);
    },
    url: (value, at) => {
      if (value === undefined || value === null || value === '') at.report('value', 'is missing');
      return looseText(value, at) ?? '';
    },
    arches: (value, at) => (value === undefined ? ['amd64'] : looseList(value, at)),
    distributions: looseList,
    components: looseList,
    subrepos: looseList,
    gpgkey: looseText,
    options: mapOf((value, at) => looseText(value, at) ?? ''),
  },
  'advised',
);

type RepositoryBody = ShapeOf<typeof repositoryFields>;

interface RepositoriesBody {
  readonly remove_unlisted: boolean | null;
  readonly entries: readonly (RepositoryBody & { readonly name: string })[];
}

const repositories: Shape<RepositoriesBody> = (value, at) => {
  const map = mappingOf(value, at);
  const entries: (RepositoryBody & { readonly name: string })[] = [];
  for (const [key, item] of map) {
    if (key === 'remove_unlisted') continue;
    if (typeof key === 'string') entries.push({ name: key, ...repositoryFields(item, at.in(key)) });
    else at.report('value', `has a key that is no string: ${String(key)}; quote it`);
  }
  return { remove_unlisted: flag(map.get('remove_unlisted'), at.in('remove_unlisted')), entries };
};

/** Reference 02 §3.1. */
export const regionShape = section({
  tag_definitions: listOf(tagDefinition),
  authorized_keys: listOf((value, at) => text(value, at) ?? ''),
  repositories,
});
