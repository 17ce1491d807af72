import type { Finding, SourcePlace } from '@drydock/model';
import { printable } from '../printable.js';
import { type DesignReport, problemsOf } from './design-report.js';

/** For people: `file:line:column: level: message [rule code]`, as compilers say it, and what to do. */
export function renderText(reports: readonly DesignReport[]): string {
  return reports.map((report) => `${problemsOf(report).map(problemLines).join('')}${summaryLine(report)}`).join('');
}

function problemLines({ place, level, message, rule, code, diagnostic, documents, related = [] }: Finding): string {
  const [document] = documents;
  const where = place ? `${placeText(place)}: ` : document ? `${document.schema} ${document.name}: ` : '';
  const more = [...(diagnostic === '' ? [] : [diagnostic]), ...related.map((other) => `see also ${placeText(other)}`)];
  const lines = [`${where}${level}: ${message} [${rule} ${code}]`, ...more.map((line) => `    ${line}`)];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function placeText({ source, line, column }: SourcePlace): string {
  return `${source}:${line}:${column}`;
}

function summaryLine({ reference, isRead, isValid, findings }: DesignReport): string {
  const count = (level: Finding['level']): number => findings.filter((finding) => finding.level === level).length;
  const verdict = isRead ? (isValid ? 'valid' : 'not valid') : 'not read';
  return (
    printable(
      `${reference}: ${verdict}, ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`,
    ) + '\n'
  );
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
