import type { Effect, Progress, StepContext } from '@drydock/model';
import type { MaasClient } from './maas-client.js';
import type { MaasWrite } from './maas-request.js';
import { isMaasError, maasErrorKinds } from './maas-error.js';

/** One request that changes a machine, with the name under which it is announced. */
export interface MachineWrite extends MaasWrite {
  readonly effect: Effect;
}

/** The only way in which a step changes a machine. */
export interface MachineWriter {
  /**
   * Announces the effect, sends the request once, records what became of it.
   * When nobody can tell, the intent stays open and the next call reads the machine first.
   * @returns MAAS's answer @throws MaasError
   */
  write(request: MachineWrite): Promise<unknown>;
  /** Settles what an earlier call left open, if the machine tells. @returns false while it does not */
  settleOpen(isVisible: (effect: Effect) => boolean): Promise<boolean>;
  /** Records what a read just showed about the effect that this call announced. */
  settleAs(found: 'done' | 'not_done'): Promise<void>;
  /** The effect that is announced and not settled, by an earlier call or this one. */
  readonly open: Effect | null;
}

/** @param progress the step's memory as it is now; stored with each intent */
export function createMachineWriter(client: MaasClient, context: StepContext, progress: () => Progress): MachineWriter {
  let open: Effect | null = context.openIntent?.effect ?? null;

  const settle = async (effect: Effect, found: 'done' | 'not_done' | 'refused') => {
    await context.settle(effect, found, progress());
    open = null;
  };

  const write = async (request: MachineWrite): Promise<unknown> => {
    const startedAt = performance.now();
    try {
      const answer = await client.write(request, context.signal, async () => {
        const permission = await context.intend(request.effect, progress());
        open = request.effect;
        return permission;
      });
      audit(context, request, startedAt, 'done');
      await settle(request.effect, 'done');
      return answer;
    } catch (error) {
      // A read back settles what is unknown: here, in the step, or in the next call.
      const found = isMaasError(error) ? maasErrorKinds[error.kind].effect : 'unknown';
      if (open === null) throw error;
      audit(context, request, startedAt, found);
      if (found !== 'unknown') await settle(request.effect, found);
      throw error;
    }
  };

  const settleOpen = async (isVisible: (effect: Effect) => boolean): Promise<boolean> => {
    if (open === null) return true;
    if (isVisible(open)) {
      await settle(open, 'done');
      return true;
    }
    const ageSeconds = context.openIntent?.ageSeconds ?? 0;
    if (ageSeconds < context.settleSeconds) return false;
    await settle(open, 'not_done');
    return true;
  };

  return {
    write,
    settleOpen,
    async settleAs(found) {
      if (open !== null) await settle(open, found);
    },
    get open() {
      return open;
    },
  };
}

/** @returns whether two announcements are of the same thing; stored ones come back with their keys in another order */
export function isSameEffect(one: Effect, other: Effect): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(effect: Effect): string {
  return JSON.stringify(Object.entries(effect).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The audit record of a mutating call: which request, never its values (reference 04 R-51). */
function audit(context: StepContext, request: MachineWrite, startedAt: number, effect: string): void {
  context.log.info('maas write', {
    method: request.method,
    path: request.path,
    op: request.op ?? null,
    effect,
    durationMs: Math.round(performance.now() - startedAt),
  });
}
