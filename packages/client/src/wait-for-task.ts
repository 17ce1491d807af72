import { setTimeout as delay } from 'node:timers/promises';
import { ClientError } from './client-error.js';
import type { TaskDocument } from './documents.js';
import type { DrydockClient, TaskTree } from './drydock-client.js';

export interface WaitOptions {
  /** Between two looks, at the least. */
  readonly pollSeconds: number;
  /** Null: as long as it takes. */
  readonly timeoutSeconds: number | null;
  /** How long the API may be away before the wait is given up. Default 60. */
  readonly outageSeconds?: number;
  /** Hears of the whole task and its subtasks at each look. */
  readonly onLook?: (tree: TaskTree) => void;
  /** Hears of each look that failed and is tried again. */
  readonly onOutage?: (error: ClientError) => void;
  readonly signal?: AbortSignal | undefined;
}

/** `task` is the newest state that was seen; null when none was. */
export type WaitEnd =
  | { readonly kind: 'ended'; readonly task: TaskDocument; readonly tree: TaskTree }
  | { readonly kind: 'timeout'; readonly task: TaskDocument | null };

/** A look at a large task takes long; it must not be all that the API does. */
const restPerLook = 4;

export function isOver(task: Pick<TaskDocument, 'status'>): boolean {
  return task.status === 'complete' || task.status === 'terminated';
}

/**
 * Looks at a task until it is complete or terminated. A restarting API does not end the wait.
 * @throws ClientError when the API refuses, or is away for too long
 */
export async function waitForTask(client: DrydockClient, id: string, options: WaitOptions): Promise<WaitEnd> {
  const { pollSeconds, timeoutSeconds, outageSeconds = 60 } = options;
  const endAt = timeoutSeconds === null ? Infinity : performance.now() + timeoutSeconds * 1000;
  let newest: TaskDocument | null = null;
  let awaySince: number | null = null;
  for (;;) {
    const lookedAt = performance.now();
    try {
      const tree = await client.getTaskTree(id, -1, options.signal);
      awaySince = null;
      newest = tree.root;
      options.onLook?.(tree);
      if (isOver(tree.root)) return { kind: 'ended', task: tree.root, tree };
    } catch (error) {
      if (!(error instanceof ClientError) || !error.canRetry) throw error;
      awaySince ??= lookedAt;
      if (performance.now() - awaySince > outageSeconds * 1000) throw error;
      options.onOutage?.(error);
    }
    const now = performance.now();
    if (now >= endAt) return { kind: 'timeout', task: newest };
    const rest = Math.max(pollSeconds * 1000, (now - lookedAt) * restPerLook);
    await delay(Math.min(rest, endAt - now), undefined, { signal: options.signal });
  }
}
