import { beforeAbort } from '../http/before-abort.js';
import type { KeystoneToken } from './request-token.js';

/** One token for all who ask, fetched when it is needed and kept until shortly before it ends. */
export interface TokenKeeper {
  /** @throws what fetching throws; a failure is not kept */
  get(signal: AbortSignal): Promise<string>;
  /** The next `get` fetches anew, unless somebody did already. */
  discard(text: string): void;
}

/** A token must last for the request that it is fetched for, and clocks differ. */
const spareMs = 60_000;

/** @param fetchToken shared by callers, so no single caller's signal may end it: it has a time limit of its own */
export function createTokenKeeper(fetchToken: () => Promise<KeystoneToken>, nowMs: () => number): TokenKeeper {
  let kept: KeystoneToken | null = null;
  let underWay: Promise<KeystoneToken> | null = null;

  const begin = (): Promise<KeystoneToken> => {
    const fetching = fetchToken().then(
      (token) => {
        kept = token;
        underWay = null;
        return token;
      },
      (error: unknown) => {
        underWay = null;
        throw error;
      },
    );
    // Every caller may have gone away meanwhile.
    fetching.catch(() => undefined);
    underWay = fetching;
    return fetching;
  };

  return {
    async get(signal) {
      if (kept !== null && kept.expiresAtMs - spareMs > nowMs()) return kept.text;
      return (await beforeAbort(underWay ?? begin(), signal)).text;
    },
    discard(text) {
      if (kept?.text === text) kept = null;
    },
  };
}
