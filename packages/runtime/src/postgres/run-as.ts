import { spawn } from 'node:child_process';
import type { ServerAccount } from './server-account.js';

export interface RunResult {
  /** Exit status; null when the program could not be started or was killed by a signal. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why the program could not be started, e.g. `EACCES`. */
  readonly startError?: string;
}

export interface RunCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** A directory that the account can enter: Postgres programs refuse a current directory that they cannot read. */
  readonly cwd: string;
}

/** Runs a program to its end as the given user (or as ourselves) with a bare environment. Never throws. */
export function runAs(account: ServerAccount | undefined, command: RunCommand): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...accountOptions(account),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: null, stdout, stderr, startError: error.code ?? error.message }),
    );
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** The user id and group id options of `spawn`. */
export function accountOptions(account: ServerAccount | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

/** No `PG*` variable of the caller may steer our server, and its messages must be in English to be understood. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}
