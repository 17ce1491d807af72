/** Tag that hands the boot-action key to the installer; other components know the form of its name (reference 04 §8.3). */
export function bootActionTag(nodeName: string, key: string): string {
  return `${bootActionPrefix(nodeName)}${key}`;
}

function bootActionPrefix(nodeName: string): string {
  return `${nodeName}__baid__`;
}

/** @returns tags of earlier boot-action contexts of this node, which are deleted */
export function staleBootActionTags(nodeName: string, key: string | null, tags: readonly string[]): readonly string[] {
  const wanted = key === null ? null : bootActionTag(nodeName, key);
  return tags.filter((tag) => tag.startsWith(bootActionPrefix(nodeName)) && tag !== wanted);
}
