import { isPortFree } from '../network/is-port-free.js';
import type { DoctorFinding } from './doctor-report.js';

const defaultPort = 9000;

/** Whether the API can listen where a start would put it. */
export async function inspectPort(configured: string | undefined): Promise<DoctorFinding> {
  const name = 'api port';
  const isConfigured = configured !== undefined && configured !== '';
  const port = isConfigured ? Number(configured) : defaultPort;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return { name, status: 'failed', found: `DRYDOCK_API_PORT is ${configured}`, action: 'set it to 0 … 65535' };
  }
  if (await isPortFree(port)) return { name, status: 'ok', found: `${port} is free` };
  if (!isConfigured) return { name, status: 'ok', found: `${port} is taken; another free one will be chosen` };
  const action = 'stop what listens there, or change DRYDOCK_API_PORT';
  return { name, status: 'failed', found: `${port} is taken`, action };
}
