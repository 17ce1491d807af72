import type { Machine } from '../world/machine.js';
import {
  resultTypes,
  scriptStatusNames,
  type ScriptResult,
  type ScriptSet,
  type ScriptStatus,
} from '../world/script-set.js';
import type { World } from '../world/world.js';
import { scriptOutput } from './script-output.js';

const typeNames = {
  commissioning: 'Commissioning',
  installation: 'Installation',
  testing: 'Testing',
  release: 'Release',
} as const;

/** Worst first: what runs or failed decides. */
const severity: readonly ScriptStatus[] = [1, 0, 3, 4, 5, 2];

/** The status of a set is its worst or most active result. */
export function setStatus(set: ScriptSet): ScriptStatus {
  return severity.find((code) => set.results.some((result) => result.status === code)) ?? -1;
}

/** `2026-03-03T10:11:12.345`, without a zone. */
export function plainDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}

/** A script set with its results (05 §5.18). */
export function scriptSetView(
  world: World,
  machine: Machine,
  set: ScriptSet,
  withOutput: boolean,
): Record<string, unknown> {
  const started = set.results.map((result) => result.startedMs);
  const ended = set.results.map((result) => result.endedMs);
  const startedMs = Math.min(...started);
  const endedMs = ended.includes(null) ? null : Math.max(...ended.map((ms) => ms ?? 0));
  return {
    id: set.id,
    system_id: machine.systemId,
    type: resultTypes[set.type],
    type_name: typeNames[set.type],
    last_ping: rfcDate(endedMs ?? startedMs),
    status: setStatus(set),
    status_name: scriptStatusNames[setStatus(set)],
    started: rfcDate(startedMs),
    ended: endedMs === null ? '' : rfcDate(endedMs),
    runtime: '0:00:01',
    results: set.results.map((result) => resultView(world, machine, result, withOutput)),
    suppressed: false,
    resource_uri: `/MAAS/api/2.0/nodes/${machine.systemId}/results/${set.id}/`,
  };
}

function resultView(
  world: World,
  machine: Machine,
  result: ScriptResult,
  withOutput: boolean,
): Record<string, unknown> {
  const view: Record<string, unknown> = {
    id: result.id,
    name: result.name,
    created: rfcDate(result.startedMs),
    updated: rfcDate(result.endedMs ?? result.startedMs),
    status: result.status,
    status_name: scriptStatusNames[result.status],
    exit_status: result.exitStatus,
    started: rfcDate(result.startedMs),
    ended: result.endedMs === null ? '' : rfcDate(result.endedMs),
    runtime: '0:00:01',
    starttime: result.startedMs / 1000,
    endtime: result.endedMs === null ? '' : result.endedMs / 1000,
    estimated_runtime: '0:00:01',
    parameters: {},
    script_id: null,
    script_revision_id: null,
    suppressed: false,
  };
  return withOutput ? { ...view, ...outputs(world, machine, result) } : view;
}

function outputs(world: World, machine: Machine, result: ScriptResult): Record<string, string> {
  const stdout = scriptOutput(world, machine, result);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return { output: base64(stdout + result.stderr), stdout: base64(stdout), stderr: base64(result.stderr), result: '' };
}

/** Rows of commissioning-results: one per stream that is not empty, both under one id (05 §5.19). */
export function resultRows(world: World, machine: Machine, set: ScriptSet): Record<string, unknown>[] {
  return set.results
    .filter((result) => [2, 3, 4, 5].includes(result.status))
    .flatMap((result) => {
      const row = (name: string, text: string) => ({
        id: result.id,
        name,
        script_result: result.exitStatus ?? 0,
        result_type: resultTypes[set.type],
        created: plainDate(result.startedMs),
        updated: plainDate(result.endedMs ?? result.startedMs),
        node: { system_id: machine.systemId },
        data: Buffer.from(text).toString('base64'),
        resource_uri: '/MAAS/api/2.0/commissioning-scripts/',
      });
      const rows = [row(result.name, scriptOutput(world, machine, result))];
      return result.stderr === '' ? rows : [...rows, row(`${result.name}.err`, result.stderr)];
    });
}

function rfcDate(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}
