import type { DesignReport } from './design-report.js';

/** For programs: one line, everything there is, rules that found nothing included. */
export function renderJson(reports: readonly DesignReport[]): string {
  return `${JSON.stringify(reports)}\n`;
}
