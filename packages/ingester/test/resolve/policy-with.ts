import type { ReferencePolicy } from '../../src/resolve/reference-policy.js';

/** A policy for servers on loopback that waits for nothing. */
export function policyWith(changes: Partial<ReferencePolicy> = {}): ReferencePolicy {
  return {
    fileRoots: [],
    allowedHosts: [],
    allowedAddresses: [],
    allowLoopback: true,
    maxBytes: 1000,
    connectTimeoutSeconds: 5,
    readTimeoutSeconds: 5,
    totalTimeoutSeconds: 10,
    maxAttempts: 1,
    certificateAuthority: null,
    cache: { lifeSeconds: 0, maxBytes: 0 },
    keystone: null,
    ...changes,
  };
}
