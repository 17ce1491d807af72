import type { DoctorReport } from './doctor-report.js';

const marks = { ok: 'ok  ', warning: 'warn', failed: 'FAIL' } as const;

const endings = {
  ok: 'Drydock can run here.',
  warning: 'Drydock can run here; see the warnings.',
  failed: 'Drydock cannot run here until what failed is corrected.',
} as const;

/** The report as text, one line per finding and one per action. */
export function renderDoctor({ status, findings }: DoctorReport): string {
  const width = Math.max(0, ...findings.map(({ name }) => name.length));
  const lines = findings.flatMap((one) => [
    `${marks[one.status]}  ${one.name.padEnd(width)}  ${one.found}`,
    ...(one.action === undefined ? [] : [`      ${' '.repeat(width)}  → ${one.action}`]),
  ]);
  return [...lines, endings[status], ''].join('\n');
}
