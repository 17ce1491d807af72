import type { Finding } from '@drydock/model';
import { type DesignReport, problemsOf } from './design-report.js';

/** Workflow commands of GitHub Actions, which shows each finding at its line of a pull request. */
export function renderGithub(reports: readonly DesignReport[]): string {
  return reports.flatMap(problemsOf).map(workflowCommand).join('');
}

function workflowCommand({ level, place, rule, code, message, diagnostic }: Finding): string {
  const properties = [
    ...(place
      ? [
          ['file', place.source],
          ['line', place.line],
          ['col', place.column],
        ]
      : []),
    ['title', `${code} ${rule}`],
  ].map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = diagnostic === '' ? message : `${message}\n${diagnostic}`;
  return `::${level} ${properties.join(',')}::${escapeData(text)}\n`;
}

/** In the order in which the runner undoes it: the percent sign first, or it would escape the escapes. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
