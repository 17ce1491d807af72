/**
 * The module of a thread, which stands beside the one that asks: TypeScript when we run from source, JavaScript when we
 * were built.
 * @param beside the asking module's `import.meta.url`
 */
export function threadModule(name: string, beside: string): URL {
  return new URL(`${name}.${beside.endsWith('.ts') ? 'ts' : 'js'}`, beside);
}
