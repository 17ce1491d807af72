import { errorMessage } from '../error-message.js';
/** A check passes by returning (perhaps with a remark worth showing) and fails by throwing. */
export type HealthCheck = () => Promise<string | void> | string | void;

/** One row per thing that the process needs, by name. */
export type HealthChecks = Readonly<Record<string, HealthCheck>>;

export interface HealthReport {
  readonly status: 'ok' | 'failed';
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

/** Runs all checks at once, each with the time limit; one that hangs counts as failed. */
export async function runHealthChecks(checks: HealthChecks, timeoutSeconds: number): Promise<HealthReport> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runOne(check, timeoutSeconds)] as const),
  );
  return { status: results.every(([, { ok }]) => ok) ? 'ok' : 'failed', checks: Object.fromEntries(results) };
}

async function runOne(check: HealthCheck, timeoutSeconds: number): Promise<HealthReport['checks'][string]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
  });
  try {
    const detail = await Promise.race([Promise.resolve().then(check), late]);
    return detail === undefined ? { ok: true } : { ok: true, detail };
  } catch (error) {
    return { ok: false, detail: errorMessage(error) };
  } finally {
    clearTimeout(timer);
  }
}
