import { chooseDataDirectory } from '../config/data-directory.js';
import { findProgram } from '../process-life/find-program.js';
import type { DatabaseSearch } from '../postgres/provide-database.js';
import type { DoctorFinding, DoctorReport } from './doctor-report.js';
import { inspectDatabase } from './inspect-database.js';
import { inspectPort } from './inspect-port.js';
import { inspectQueue, type ReadEvictionPolicy } from './inspect-queue.js';

export interface DoctorOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly projectRoot: string;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  readonly uid: number | undefined;
  readonly readEvictionPolicy?: ReadEvictionPolicy;
  readonly search?: DatabaseSearch;
}

/** One row per thing, in the order of the report. */
const examinations: readonly ((options: DoctorOptions) => Promise<readonly DoctorFinding[]>)[] = [
  (options) => Promise.resolve([inspectNode(options.nodeVersion)]),
  (options) => Promise.resolve([{ name: 'data directory', status: 'ok', found: dataDirectoryOf(options) }]),
  (options) =>
    inspectDatabase({
      url: options.env['DATABASE_URL'],
      directUrl: options.env['DATABASE_DIRECT_URL'],
      dataDirectory: dataDirectoryOf(options),
      search: options.search,
    }),
  async ({ env, readEvictionPolicy }) => [await inspectQueue(env['REDIS_URL'], readEvictionPolicy)],
  async (options) => [await inspectRedisProgram(options)],
  async (options) => [await inspectPort(options.env['DRYDOCK_API_PORT'])],
];

/** Looks at everything that a start needs, starts nothing, and says what a start would choose and why. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const findings = (await Promise.all(examinations.map((examine) => examine(options)))).flat();
  const worst = (['failed', 'warning'] as const).find((status) => findings.some((one) => one.status === status));
  return { status: worst ?? 'ok', findings };
}

function dataDirectoryOf({ env, projectRoot, uid }: DoctorOptions): string {
  return chooseDataDirectory({ configured: env['DRYDOCK_DATA_DIR'], projectRoot, uid });
}

function inspectNode(version: string): DoctorFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > 20 || (major === 20 && minor >= 19);
  if (isNewEnough) return { name: 'node', status: 'ok', found: version };
  return { name: 'node', status: 'failed', found: version, action: 'install Node 20.19 or newer' };
}

async function inspectRedisProgram({ env }: DoctorOptions): Promise<DoctorFinding> {
  const program = await findProgram('redis-server', env['PATH'] ?? '');
  const found = program ?? 'not on PATH: the Redis half of the tests is skipped; nothing else needs it';
  return { name: 'redis-server', status: 'ok', found };
}
