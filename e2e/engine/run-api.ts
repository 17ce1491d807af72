import { silentLog } from '@drydock/runtime';
import { readApiConfig, startApi } from '@drydock/api';
import type { Engine } from './run-engine.js';

export interface EngineApi {
  readonly url: string;
  readonly healthUrl: string;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
  get(path: string): Promise<ApiAnswer>;
  close(): Promise<void>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly location: string | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of every shape
  readonly body: any;
}

/** An API of the engine's database, in this process. Paths begin below `/api/v1.0`. */
export async function runApi({ env }: Engine, more: Readonly<Record<string, string>> = {}): Promise<EngineApi> {
  const api = await startApi(readApiConfig({ ...env, DRYDOCK_API_PORT: '0', ...more }), silentLog);
  const ask = async (path: string, init?: RequestInit): Promise<ApiAnswer> => {
    const response = await fetch(`${api.url}/api/v1.0${path}`, init);
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    return { status: response.status, location: response.headers.get('location'), body };
  };
  return {
    url: api.url,
    healthUrl: api.healthUrl,
    get: (path) => ask(path),
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    close: () => api.close(),
  };
}
