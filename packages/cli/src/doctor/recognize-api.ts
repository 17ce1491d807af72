import type { DoctorReport } from '@drydock/runtime';
import { isDrydockApi } from './is-drydock-api.js';

const defaultPort = 9000;

/** The report, with a port that is taken by a Drydock API told as that: nothing is to be mended there. */
export async function recognizeApi(
  report: DoctorReport,
  env: Readonly<Record<string, string | undefined>>,
): Promise<DoctorReport> {
  const port = Number(env['DRYDOCK_API_PORT'] || defaultPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || !(await isDrydockApi(port))) return report;
  const found = `${port}: a Drydock API runs there already`;
  const findings = report.findings.map((finding) =>
    finding.name === 'api port' ? ({ name: finding.name, status: 'ok', found } as const) : finding,
  );
  const worst = (['failed', 'warning'] as const).find((status) => findings.some((one) => one.status === status));
  return { status: worst ?? 'ok', findings };
}
