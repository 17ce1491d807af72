import { readFileSync } from 'node:fs';

/** Of the package.json beside `src` and `dist`. */
export function productVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
