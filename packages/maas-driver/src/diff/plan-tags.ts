export interface TagWish {
  readonly nodeName: string;
  /** Empty: none. */
  readonly kernelParameters: string;
  readonly tags: readonly string[];
}

export interface TagsFound {
  /** Names on the machine. */
  readonly onMachine: readonly string[];
  /** Kernel options by name, of every tag in MAAS. */
  readonly kernelOptions: ReadonlyMap<string, string>;
}

export type TagChange =
  | { readonly kind: 'create_tag'; readonly name: string; readonly kernelOptions: string }
  | { readonly kind: 'set_kernel_options'; readonly name: string; readonly kernelOptions: string }
  | { readonly kind: 'add_to_tag'; readonly name: string }
  | { readonly kind: 'delete_tag'; readonly name: string };

/** Tag that carries the node's kernel parameters; other components know the name. */
export function kernelParametersTag(nodeName: string): string {
  return `${nodeName}_kp`;
}

/** Wanted tags × found tags → changes, in order (reference 04 §6.9, W-22). */
export function planTags(wanted: TagWish, found: TagsFound): readonly TagChange[] {
  const names = [...new Set(wanted.tags)];
  return [...planKernelParameters(wanted, found), ...names.flatMap((name) => planMembership(name, '', found))];
}

function planKernelParameters(wanted: TagWish, found: TagsFound): readonly TagChange[] {
  const name = kernelParametersTag(wanted.nodeName);
  if (wanted.kernelParameters !== '') return planMembership(name, wanted.kernelParameters, found);
  return found.kernelOptions.has(name) ? [{ kind: 'delete_tag', name }] : [];
}

function planMembership(name: string, kernelOptions: string, found: TagsFound): readonly TagChange[] {
  const present = found.kernelOptions.get(name);
  const changes: TagChange[] = [];
  if (present === undefined) changes.push({ kind: 'create_tag', name, kernelOptions });
  // Only the kernel parameter tag is ours alone; options that somebody gave a plain tag stay.
  else if (kernelOptions !== '' && present !== kernelOptions)
    changes.push({ kind: 'set_kernel_options', name, kernelOptions });
  if (!found.onMachine.includes(name)) changes.push({ kind: 'add_to_tag', name });
  return changes;
}

const tagPattern = /^[a-zA-Z0-9_-]{1,256}$/;

/** @returns the names that MAAS would refuse */
export function refusedTagNames(wanted: TagWish): readonly string[] {
  const ours = wanted.kernelParameters === '' ? [] : [kernelParametersTag(wanted.nodeName)];
  return [...ours, ...wanted.tags].filter((name) => !tagPattern.test(name));
}
