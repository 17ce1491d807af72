import type { ReferencePolicy } from '@drydock/ingester';

const mebibyte = 1024 * 1024;

/**
 * Where this process may fetch designs from: anywhere, because whoever types the reference could fetch it too.
 * Addresses at which clouds hand out credentials stay closed: nobody keeps a design there.
 */
export const localPolicy: ReferencePolicy = {
  fileRoots: [],
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
  keystone: null,
};
