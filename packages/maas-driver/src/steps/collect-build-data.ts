import { deserialize } from 'bson';
import type { BuildDatum, StepOutcome } from '@drydock/model';
import { isMaasError, MaasError, noFacts } from '../http/maas-error.js';
import { readDocument } from '../resources/read-document.js';
import type { MachineDocument } from '../resources/machine-document.js';
import { listOf, type ScriptResultDocument } from '../resources/site-documents.js';
import type { FailedOutcome, StepCall } from './step-call.js';

/** Whose data it is. */
export interface Subject {
  readonly nodeName: string;
  readonly machine: MachineDocument;
}

export interface Collected {
  readonly buildData: readonly BuildDatum[];
  readonly hasDetailLogs: boolean;
}

/** Result types of MAAS and the stage names of the build data (reference 04 §8.2). */
const stages: Readonly<Record<number, string>> = { 0: 'commission', 1: 'deploy', 2: 'testing' };
const commissioningTypes = new Set([0, 2]);
const installationTypes = new Set([1]);

/** The hardware inventory, and one set of commissioning and testing logs. */
export async function collectHardware(call: StepCall, subject: Subject): Promise<Collected> {
  const [details, logs] = await Promise.all([readDetails(call, subject), readLogs(call, subject, commissioningTypes)]);
  for (const datum of details) call.notes.info(`stored ${datum.generator} of machine ${subject.machine.system_id}`);
  return { buildData: [...details, ...logs], hasDetailLogs: logs.length > 0 };
}

export async function collectInstallationLog(call: StepCall, subject: Subject): Promise<Collected> {
  const logs = await readLogs(call, subject, installationTypes);
  return { buildData: logs, hasDetailLogs: logs.length > 0 };
}

/** Adds the logs to a failure; that they cannot be had does not hide the failure. */
export async function withLogs(call: StepCall, outcome: FailedOutcome, subject: Subject): Promise<StepOutcome> {
  try {
    const logs = await readLogs(call, subject, new Set([...commissioningTypes, ...installationTypes]));
    return { ...outcome, buildData: logs, hasDetailLogs: logs.length > 0 };
  } catch (error) {
    if (!isMaasError(error)) throw error;
    call.notes.error(`the logs of machine ${subject.machine.system_id} could not be read: ${error.message}`);
    return { ...outcome, notes: call.notes.all };
  }
}

async function readDetails(call: StepCall, subject: Subject): Promise<readonly BuildDatum[]> {
  const request = { path: `machines/${subject.machine.system_id}/`, query: { op: 'details' } };
  const bytes = await call.region.client.readBytes(request, call.context.signal);
  const details = parseBson(bytes);
  return Object.entries(details).flatMap(([generator, value]) => {
    const text = textOf(value);
    if (text === null) return [];
    return [{ nodeName: subject.nodeName, generator, dataFormat: 'text/xml', dataElement: text, collectedDate: null }];
  });
}

function parseBson(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return deserialize(bytes, { promoteBuffers: true });
  } catch (error) {
    throw new MaasError(
      'protocol',
      'MAAS answered op=details with something that is not BSON; check what stands between us and MAAS',
      noFacts,
      { cause: error },
    );
  }
}

/** LLDP is null until it was collected. */
function textOf(value: unknown): string | null {
  if (value instanceof Uint8Array) return withoutNul(Buffer.from(value).toString('utf8'));
  return typeof value === 'string' ? withoutNul(value) : null;
}

async function readLogs(call: StepCall, subject: Subject, types: ReadonlySet<number>): Promise<readonly BuildDatum[]> {
  const [onlyType] = types;
  const answer = await call.region.client.read(
    {
      path: 'commissioning-results/',
      query: { system_id: subject.machine.system_id, result_type: types.size === 1 ? onlyType : undefined },
    },
    call.context.signal,
  );
  const rows = readDocument(listOf.scriptResults, answer, 'a list of script results');
  return rows.filter((row) => types.has(row.result_type)).flatMap((row) => datumOf(subject.nodeName, row));
}

/** A script with error output has two rows of one id, told apart by name (reference 04 W-4). */
function datumOf(nodeName: string, row: ScriptResultDocument): readonly BuildDatum[] {
  const text = withoutNul(Buffer.from(row.data ?? '', 'base64').toString('utf8'));
  if (text === '') return [];
  const updated = Date.parse(row.updated ?? '');
  return [
    {
      nodeName,
      generator: `${stages[row.result_type] ?? 'other'}:${row.name}`,
      dataFormat: 'text/plain',
      dataElement: text,
      collectedDate: Number.isNaN(updated) ? null : new Date(updated).toISOString(),
    },
  ];
}

/** Postgres text holds no NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
