import { DrydockClient } from '@drydock/client';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './usage-error.js';

/** Options before the sub-command. */
export interface GlobalOptions {
  readonly url?: string;
  readonly debug: boolean;
}

const defaultUrl = 'http://127.0.0.1:9000';

/** @throws UsageError that names the option or the variable */
export function openClient(options: GlobalOptions, { env, tell }: Surroundings): DrydockClient {
  const url = options.url ?? (env['DD_URL'] || defaultUrl);
  const onRequest = (method: string, address: string, status: number | null, milliseconds: number): void =>
    tell(`${method} ${address} ${status ?? 'no answer'} ${milliseconds} ms\n`);
  try {
    return new DrydockClient({ url, ...(options.debug && { onRequest }) });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${options.url === undefined ? 'DD_URL' : "option '-u, --url <url>'"}: ${error.message}`);
  }
}
