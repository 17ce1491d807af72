import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:https';
import { createReferenceResolver } from '../../src/resolve/create-reference-resolver.js';
import { type DesignHost, startDesignHost } from './design-host.js';
import { startFakeKeystone } from './fake-keystone.js';
import { policyWith } from './policy-with.js';
import { selfSigned } from './self-signed.js';

const never = new AbortController().signal;
const own = selfSigned();

let host: DesignHost;
beforeAll(async () => {
  host = await startDesignHost({ '/design': (_request, response) => response.end('design') }, createServer(own));
});
afterAll(() => host.close());

describe('an https reference', () => {
  test('is trusted by the configured authority', async () => {
    const resolver = createReferenceResolver(policyWith({ certificateAuthority: own.cert }));
    const { bytes } = await resolver.resolve(`https://127.0.0.1:${host.port}/design`, never);
    expect(Buffer.from(bytes).toString()).toBe('design');
  });

  test.each([
    ['without an authority', null],
    ['with the authority of others', selfSigned().cert],
  ])('%s is not trusted, and the error says what to check', async (_name, certificateAuthority) => {
    const resolver = createReferenceResolver(policyWith({ certificateAuthority, maxAttempts: 3 }));
    await expect(resolver.resolve(`https://127.0.0.1:${host.port}/design`, never)).rejects.toMatchObject({
      code: 'design_unavailable',
      message: expect.stringMatching(/its certificate is not trusted: check the host, or DRYDOCK_DESIGN_CA_FILE$/),
    });
  });

  test.each(['deckhand+https', 'promenade+https'])('%s shows the token over TLS', async (scheme) => {
    const keystone = await startFakeKeystone();
    const policy = policyWith({
      certificateAuthority: own.cert,
      keystone: {
        authUrl: keystone.authUrl,
        username: 'drydock',
        password: 'p',
        userDomain: { id: 'default' },
        project: null,
        projectDomain: { id: 'default' },
        hosts: [`127.0.0.1:${host.port}`],
      },
    });
    await createReferenceResolver(policy).resolve(`${scheme}://127.0.0.1:${host.port}/design`, never);
    expect(host.requests.at(-1)?.headers['x-auth-token']).toBe('token-1');
    await keystone.close();
  });
});
