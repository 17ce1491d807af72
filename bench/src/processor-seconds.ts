import { readFile } from 'node:fs/promises';
import type { RunningProcesses } from '@drydock/runtime';

/** Linux reports processor time in hundredths of a second to every program (USER_HZ, proc(5)). */
const ticksPerSecond = 100;

/**
 * User and system time so far of each process, without that of its children.
 * Null where there is no /proc, or when a process was started again: what it had used is lost.
 */
export async function processorSeconds({ byName }: RunningProcesses): Promise<ReadonlyMap<string, number> | null> {
  if (process.platform !== 'linux') return null;
  const seconds = new Map<string, number>();
  for (const { name, pid, restarts } of byName.values()) {
    if (pid === undefined || restarts > 0) return null;
    seconds.set(name, ticksIn(await readFile(`/proc/${pid}/stat`, 'utf8')) / ticksPerSecond);
  }
  return seconds;
}

/** Fields 14 and 15 of proc_pid_stat(5). The name before them is in brackets and may hold anything. */
export function ticksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
