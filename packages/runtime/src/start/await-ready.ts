import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutputLines } from './output-lines.js';
import type { Readiness, ReadyFields } from './process-spec.js';

export interface AwaitReadyOptions {
  readonly readiness: Readiness;
  readonly child: ChildProcess;
  readonly output: OutputLines;
  readonly timeoutSeconds: number;
}

const pollMs = 25;

/** Waits until the child is ready, and gives the facts that it told. Throws when it ends first or takes too long. */
export async function awaitReady(options: AwaitReadyOptions): Promise<ReadyFields> {
  const { child, readiness, timeoutSeconds, output } = options;
  const over = new AbortController();
  try {
    const ready =
      readiness.kind === 'line' ? untilLine(readiness.message, output) : untilHttp(readiness.url, over.signal);
    return await Promise.race([ready, untilEnd(child, over.signal), untilLate(timeoutSeconds, over.signal)]);
  } finally {
    over.abort();
  }
}

function untilLine(message: string, output: OutputLines): Promise<ReadyFields> {
  return new Promise((resolve) => {
    output.onStandardLine((line) => {
      const fields = parseFields(line);
      if (fields?.['message'] === message) resolve(fields);
    });
  });
}

function parseFields(line: string): ReadyFields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as ReadyFields;
  } catch {
    // A line of text that happens to begin like JSON is no readiness line.
    return undefined;
  }
}

async function untilHttp(url: string, signal: AbortSignal): Promise<ReadyFields> {
  while (!signal.aborted) {
    if (await answersOk(url)) return {};
    await delay(pollMs);
  }
  return {};
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet, or too slow: in both cases not ready.
    return false;
  }
}

function untilEnd(child: ChildProcess, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onExit = (status: number | null, killedBy: string | null): void =>
      reject(new Error(`ended before it was ready (${killedBy ?? `status ${status}`})`));
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    child.once('exit', onExit);
    child.once('error', reject);
    signal.addEventListener('abort', () => {
      child.removeListener('exit', onExit);
      child.removeListener('error', reject);
    });
  });
}

async function untilLate(seconds: number, signal: AbortSignal): Promise<never> {
  await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
  throw new Error(`was not ready within ${seconds} s`);
}
