import type { KeystoneSettingNames } from '../reference-policy.js';

/** Variables of apps/api and apps/scheduler (docs/configuration.md). */
export const appSettingNames: KeystoneSettingNames = {
  authUrl: 'DRYDOCK_KEYSTONE_AUTH_URL',
  username: 'DRYDOCK_KEYSTONE_USERNAME',
  password: 'DRYDOCK_KEYSTONE_PASSWORD',
  hosts: 'DRYDOCK_KEYSTONE_HOSTS',
};
