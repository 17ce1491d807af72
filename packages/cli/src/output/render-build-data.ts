import { dump } from 'js-yaml';
import type { BuildDataDocument } from '@drydock/client';

export const buildDataFormats = ['yaml', 'json'] as const;
export type BuildDataFormat = (typeof buildDataFormats)[number];

const renderers = {
  yaml: (data) => dump(data, { sortKeys: true, lineWidth: -1 }),
  json: (data) => `${JSON.stringify(data)}\n`,
} as const satisfies Record<BuildDataFormat, (data: readonly BuildDataDocument[]) => string>;

export function renderBuildData(data: readonly BuildDataDocument[], format: BuildDataFormat): string {
  return renderers[format](data);
}
