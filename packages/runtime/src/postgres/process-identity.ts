import { readFileSync, readlinkSync } from 'node:fs';
import { errorCode } from '../error-code.js';

/** A process that can be told from a later one with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot (proc(5), stat field 22); null where the system does not tell. */
  readonly started: string | null;
}

/** The identity of a living process, or undefined if there is none (a zombie counts as gone). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!answersSignalZero(pid)) return undefined;
  const fields = statFields(pid);
  if (fields === undefined) return { pid, started: null };
  return fields[0] === 'Z' ? undefined : { pid, started: fields[19] ?? null };
}

/** Whether that very process still lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  if (now === undefined) return false;
  return identity.started === null || now.started === null || identity.started === now.started;
}

/** The process's current directory, or undefined where that cannot be known. A postmaster's is its data directory. */
export function currentDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // No procfs, not our process, or gone: "cannot be known" is the answer in each case.
    return undefined;
  }
}

function answersSignalZero(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** The fields after the command name, which may itself hold spaces and parentheses: state first. */
function statFields(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    // No procfs (macOS, Windows), or the process ended since.
    return undefined;
  }
}
