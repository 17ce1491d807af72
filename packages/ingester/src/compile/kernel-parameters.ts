import type { BodyOf } from '../parse/kinds/document-kinds.js';

type HardwareProfileBody = BodyOf<'HardwareProfile'>;

const prefix = 'hardwareprofile:';

export interface ResolvedParameters {
  readonly parameters: readonly (readonly [key: string, value: string])[];
  /** Keys of those whose reference points at nothing; their values stay as they are written. */
  readonly unresolved: readonly string[];
}

/** Kernel parameters with the references to the node's hardware profile resolved (reference 02 §4.6). */
export function resolveKernelParameters(
  written: ReadonlyMap<string, string>,
  profile: HardwareProfileBody,
): ResolvedParameters {
  const unresolved: string[] = [];
  const parameters = Array.from(written, ([key, value]): readonly [string, string] => {
    const resolved = resolveValue(value, profile);
    if (resolved === null) unresolved.push(key);
    return [key, resolved ?? value];
  });
  return { parameters, unresolved };
}

/** The prefix with nothing after it stands for itself; null: it points at nothing. */
function resolveValue(value: string, profile: HardwareProfileBody): string | null {
  if (!value.startsWith(prefix) || value === prefix) return value;
  const [, type = '', rest = ''] = /^([^.]*)\.(.+)$/s.exec(value.slice(prefix.length)) ?? [];
  return lookups.get(type)?.(profile, rest) ?? null;
}

type Lookup = (profile: HardwareProfileBody, rest: string) => string | null | undefined;

const lookups: ReadonlyMap<string, Lookup> = new Map<string, Lookup>([
  ['cpuset', (profile, name) => profile.cpu_sets.get(name)],
  [
    'hugepages',
    (profile, rest) => {
      const [, name = '', field] = /^(.*)\.(size|count)$/s.exec(rest) ?? [];
      const pages = field === undefined ? undefined : profile.hugepages.get(name);
      return field === 'size' ? pages?.size : pages?.count?.toString();
    },
  ],
]);
