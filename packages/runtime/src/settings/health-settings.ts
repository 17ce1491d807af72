import { isIP } from 'node:net';
import { number, string } from 'yup';

/** Address of the health server. A name could mean several addresses, of which a probe knows one. */
export const healthHostSetting = string()
  .default('127.0.0.1')
  .test('address', '${path} must be an IP address, for instance 127.0.0.1', (host) => isIP(host) !== 0)
  .meta({ env: 'DRYDOCK_HEALTH_HOST' });

/** What an app without an API of its own needs to be probed. */
export function healthSettings(portVariable: string) {
  return {
    healthHost: healthHostSetting,
    healthPort: number().integer().min(0).max(65_535).default(0).meta({ env: portVariable }),
  };
}
