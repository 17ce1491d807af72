import type { BodyOf } from '../parse/kinds/document-kinds.js';

type HardwareProfileBody = BodyOf<'HardwareProfile'>;

/** A resolved value, or why there is none. */
export type ResolvedParameter = { readonly value: string } | { readonly problem: string };

const prefix = 'hardwareprofile:';

/**
 * The value of a kernel parameter; `hardwareprofile:<type>.<rest>` is looked up in the node's hardware profile
 * (reference 02 §4.6). The prefix with nothing after it stands for itself.
 */
export function resolveKernelParameter(value: string, profile: HardwareProfileBody | undefined): ResolvedParameter {
  if (!value.startsWith(prefix) || value === prefix) return { value };
  if (profile === undefined) return { problem: `"${value}" needs a hardware profile` };
  const [type, name, field, ...more] = value.slice(prefix.length).split('.');
  const found = name === undefined || more.length > 0 ? undefined : lookups.get(type ?? '')?.(profile, { name, field });
  return found === undefined || found === null
    ? { problem: `"${value}" points at nothing in the hardware profile` }
    : { value: found };
}

type Lookup = (
  profile: HardwareProfileBody,
  reference: { readonly name: string; readonly field: string | undefined },
) => string | null | undefined;

const lookups: ReadonlyMap<string, Lookup> = new Map<string, Lookup>([
  ['cpuset', (profile, { name, field }) => (field === undefined ? profile.cpu_sets.get(name) : undefined)],
  [
    'hugepages',
    (profile, { name, field }) => {
      const pages = profile.hugepages.get(name);
      if (field === 'size') return pages?.size;
      return field === 'count' ? pages?.count?.toString() : undefined;
    },
  ],
]);
