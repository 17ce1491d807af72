import type { ReferencePolicy } from '@drydock/ingester';
import { keystoneFromEnvironment } from './keystone-from-environment.js';

const mebibyte = 1024 * 1024;

const drives = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);

/** Every place that an absolute path can lie in. */
const everywhere = process.platform === 'win32' ? drives : ['/'];

/**
 * Where this process may fetch designs from: anywhere, because whoever types the reference could fetch it too.
 * Addresses at which clouds hand out credentials stay closed: nobody keeps a design there. The token of Keystone goes
 * only to hosts that were named.
 */
export function localPolicy(
  env: Readonly<Record<string, string | undefined>>,
  keystoneHosts?: readonly string[],
): ReferencePolicy {
  return {
    fileRoots: everywhere,
    allowedHosts: [],
    allowedAddresses: ['0.0.0.0/0', '::/0'],
    allowLoopback: true,
    maxBytes: 256 * mebibyte,
    connectTimeoutSeconds: 16,
    readTimeoutSeconds: 60,
    totalTimeoutSeconds: 300,
    maxAttempts: 3,
    certificateAuthority: null,
    cache: { lifeSeconds: 0, maxBytes: 0 },
    ...keystoneFromEnvironment(env, keystoneHosts),
  };
}
