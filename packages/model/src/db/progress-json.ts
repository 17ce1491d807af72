import { sql, type SQL } from 'drizzle-orm';
import { DrydockError } from '../domain/drydock-error.js';
import { knownProgressFormat } from '../ports/progress-format.js';
import type { Progress } from '../ports/step-outcome.js';
import { jsonbOfText } from './jsonb.js';

/** UTF-8, as JSON. */
const maxBytes = 4096;

/**
 * A driver's progress as what `progress` becomes; undefined: leave it as it is.
 * @throws DrydockError `driver_fault` for what a later call could not be handed
 */
export function progressColumn(progress: Progress | undefined): SQL {
  if (progress === undefined) return sql`progress`;
  const format: unknown = typeof progress === 'object' && progress !== null ? progress.format : undefined;
  if (format !== knownProgressFormat) {
    throw fault(`its format must be ${knownProgressFormat}, not ${JSON.stringify(format) ?? 'missing'}`);
  }
  const text = jsonOf(progress);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw fault(`it has ${bytes} bytes as JSON, ${maxBytes} are allowed`);
  return jsonbOfText(text);
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
