import type { Surroundings } from './surroundings.js';

export function versionText({ version, nodeVersion }: Surroundings): string {
  return `drydock ${version} (Node ${nodeVersion})`;
}
