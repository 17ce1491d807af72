import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';

export interface OutputLines {
  /** Calls back for every line of standard output from now on. */
  onStandardLine(listener: (line: string) => void): void;
  /** The last lines of both streams, for the message of a failed start. */
  recent(): readonly string[];
}

export interface OutputTargets {
  readonly name: string;
  /** Gets every line as it is. */
  readonly file: Writable;
  /** Gets every line with the process's name in front. */
  readonly echo: Writable | undefined;
}

const keptLines = 20;

/** Passes a child's output on, line by line. */
export function followOutput(child: ChildProcess, { name, file, echo }: OutputTargets): OutputLines {
  const kept: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  const take = (line: string): void => {
    file.write(`${line}\n`);
    echo?.write(`[${name}] ${line}\n`);
    kept.push(line);
    if (kept.length > keptLines) kept.shift();
  };
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', take);
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      take(line);
      for (const listener of listeners) listener(line);
    });
  }
  return { onStandardLine: (listener) => void listeners.push(listener), recent: () => kept };
}
