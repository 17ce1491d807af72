import { DrydockError } from '../domain/drydock-error.js';
import { knownProgressFormat } from '../ports/progress-format.js';
import type { Progress } from '../ports/step-outcome.js';

/** UTF-8, as JSON. */
const maxBytes = 4096;

/**
 * Looks whether a driver's progress can be kept; undefined: it stays as it is.
 * @throws DrydockError `driver_fault` for what a later call could not be handed
 */
export function checkProgress(progress: Progress | undefined): void {
  if (progress === undefined) return;
  const format: unknown = typeof progress === 'object' && progress !== null ? progress.format : undefined;
  if (format !== knownProgressFormat) {
    throw fault(`its format must be ${knownProgressFormat}, not ${JSON.stringify(format) ?? 'missing'}`);
  }
  const bytes = Buffer.byteLength(jsonOf(progress));
  if (bytes > maxBytes) throw fault(`it has ${bytes} bytes as JSON, ${maxBytes} are allowed`);
}

function jsonOf(progress: Progress): string {
  try {
    return JSON.stringify(progress);
  } catch (cause) {
    throw fault(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

function fault(why: string): DrydockError {
  return new DrydockError(
    'driver_fault',
    `progress that cannot be kept: ${why}; keep only what the next call must know`,
  );
}
