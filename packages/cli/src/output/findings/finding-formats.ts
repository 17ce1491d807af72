import type { DesignReport } from './design-report.js';
import { renderGithub } from './render-github.js';
import { renderJson } from './render-json.js';
import { renderSarif } from './render-sarif.js';
import { renderText } from './render-text.js';

/** How findings can be printed. */
export const findingFormats = {
  text: renderText,
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
} as const satisfies Record<string, (reports: readonly DesignReport[]) => string>;

export type FindingFormat = keyof typeof findingFormats;
