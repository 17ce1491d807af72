/**
 * The kernel parameters of a node as one command line (reference 02 §4.6): a size of huge pages and their count come
 * first, because the kernel reads a count as of the size before it; a parameter whose value is exactly `True` is
 * written without one. Empty for no parameters.
 */
export function renderKernelCommandLine(parameters: readonly (readonly [key: string, value: string])[]): string {
  const hasSize = parameters.some(([key]) => key === 'hugepagesz');
  const rank = (key: string): number => (key === 'hugepagesz' ? 0 : key === 'hugepages' ? 1 : 2);
  const ordered = hasSize ? [...parameters].sort(([left], [right]) => rank(left) - rank(right)) : parameters;
  return ordered.map(([key, value]) => (value === 'True' ? key : `${key}=${value}`)).join(' ');
}
