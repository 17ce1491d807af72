import type { Authorization } from '../http/authorization.js';
import type { TokenKeeper } from './token-keeper.js';

/** For one fetch: the kept token, and once a new one when the server refuses it. */
export function keystoneAuthorization(tokens: TokenKeeper): Authorization {
  let shown: string | null = null;
  let isRenewed = false;
  return {
    async headers(signal) {
      shown = await tokens.get(signal);
      return { 'x-auth-token': shown };
    },
    renew() {
      if (isRenewed || shown === null) return false;
      isRenewed = true;
      tokens.discard(shown);
      return true;
    },
  };
}
