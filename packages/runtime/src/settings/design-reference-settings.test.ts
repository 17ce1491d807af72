import { describe, expect, test } from '@jest/globals';
import { object } from 'yup';
import { readConfig } from '../config/read-config.js';
import { designReferenceSettings } from './design-reference-settings.js';
import { readReferencePolicy } from './read-reference-policy.js';

const schema = object(designReferenceSettings);
const read = (env: Readonly<Record<string, string>>) => readConfig(schema, env);

const keystone = {
  DRYDOCK_KEYSTONE_AUTH_URL: 'https://keystone.test/v3',
  DRYDOCK_KEYSTONE_USERNAME: 'drydock',
  DRYDOCK_KEYSTONE_PASSWORD: 'hush',
  DRYDOCK_KEYSTONE_HOSTS: 'deckhand.test, deckhand.test:9000',
};

describe('the settings of design references', () => {
  test('allow nothing but public hosts by default', async () => {
    expect(await readReferencePolicy(read({}))).toEqual({
      fileRoots: [],
      allowedHosts: [],
      allowedAddresses: [],
      allowLoopback: false,
      maxBytes: 64 * 1024 * 1024,
      connectTimeoutSeconds: 10,
      readTimeoutSeconds: 60,
      totalTimeoutSeconds: 300,
      maxAttempts: 3,
      certificateAuthority: null,
      cache: { lifeSeconds: 600, maxBytes: 64 * 1024 * 1024 },
      keystone: null,
    });
  });

  test('name an account of Keystone, whose password no log shows', async () => {
    const config = read(keystone);
    expect(JSON.stringify(config)).not.toContain('hush');
    expect((await readReferencePolicy(config)).keystone).toEqual({
      authUrl: 'https://keystone.test/v3',
      username: 'drydock',
      password: 'hush',
      userDomain: { name: 'Default' },
      project: null,
      projectDomain: { name: 'Default' },
      hosts: ['deckhand.test', 'deckhand.test:9000'],
    });
  });

  test.each([
    ['DRYDOCK_KEYSTONE_PROJECT_NAME', { project: { name: 'x' } }],
    ['DRYDOCK_KEYSTONE_PROJECT_ID', { project: { id: 'x' } }],
    ['DRYDOCK_KEYSTONE_USER_DOMAIN_NAME', { userDomain: { name: 'x' } }],
    ['DRYDOCK_KEYSTONE_USER_DOMAIN_ID', { userDomain: { id: 'x' } }],
    ['DRYDOCK_KEYSTONE_PROJECT_DOMAIN_NAME', { projectDomain: { name: 'x' } }],
    ['DRYDOCK_KEYSTONE_PROJECT_DOMAIN_ID', { projectDomain: { id: 'x' } }],
  ])('take %s for %j', async (variable, expected) => {
    const policy = await readReferencePolicy(read({ ...keystone, [variable]: 'x' }));
    expect(policy.keystone).toMatchObject(expected);
  });

  test.each(['USERNAME', 'PASSWORD', 'HOSTS'])(
    'ask for DRYDOCK_KEYSTONE_%s with Keystone, and refuse it without',
    (name) => {
      const variable = `DRYDOCK_KEYSTONE_${name}` as keyof typeof keystone;
      const { [variable]: value, ...others } = keystone;
      expect(() => read(others)).toThrow(new RegExp(`a problem: ${variable} `));
      expect(() => read({ [variable]: value })).toThrow(
        new RegExp(`a problem: ${variable} .*DRYDOCK_KEYSTONE_AUTH_URL`),
      );
    },
  );

  test.each(['keystone.test', 'ftp://keystone.test', 'https://me:pass@keystone.test/v3', 'https://'])(
    'refuse the auth URL %s',
    (url) => {
      const env = { ...keystone, DRYDOCK_KEYSTONE_AUTH_URL: url };
      expect(() => read(env)).toThrow(/a problem: DRYDOCK_KEYSTONE_AUTH_URL must be/);
    },
  );

  test.each([
    ['cannot be read', '/nowhere/authority.pem'],
    ['holds no certificate', import.meta.filename],
  ])('refuse a file of authorities that %s', async (_name, path) => {
    await expect(readReferencePolicy(read({ DRYDOCK_DESIGN_CA_FILE: path }))).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringMatching(/^DRYDOCK_DESIGN_CA_FILE: .* cannot be read as certificates/),
    });
  });
});
