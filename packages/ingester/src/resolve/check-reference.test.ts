import { describe, expect, test } from '@jest/globals';
import { policyWith } from '../../test/resolve/policy-with.js';
import { checkReference } from './check-reference.js';

const keystone = {
  authUrl: 'https://keystone.test/v3',
  username: 'u',
  password: 'p',
  userDomain: { id: 'default' },
  project: null,
  projectDomain: { id: 'default' },
  hosts: ['deckhand.test', '10.0.0.7:9000', '[fd00::7]:9000'],
};
const settingNames = { authUrl: 'A', username: 'U', password: 'P', hosts: 'H' };
const policy = policyWith({ fileRoots: ['/srv/designs'], allowLoopback: false, keystone });
const listed = { ...policy, allowedHosts: ['design.test', 'design.test:8080', '10.0.0.7'] };

describe('a reference that may be followed', () => {
  test.each([
    ['file:///srv/designs/site.yaml', 'file', '/srv/designs/site.yaml'],
    ['FILE:///srv/designs/a%20b.yaml', 'file', '/srv/designs/a b.yaml'],
    ['file://localhost/srv/designs/site.yaml', 'file', '/srv/designs/site.yaml'],
    ['file:/srv/designs/x/../site.yaml', 'file', '/srv/designs/site.yaml'],
    ['http://design.test/site.yaml', 'http', 'http://design.test/site.yaml'],
    ['HTTPS://me:pass@Design.Test/site.yaml?a=b', 'http', 'https://me:pass@design.test/site.yaml?a=b'],
    ['deckhand+http://deckhand.test/x/../y', 'keystone', 'http://deckhand.test/y'],
    ['deckhand+https://DECKHAND.test:443/y?z', 'keystone', 'https://deckhand.test/y?z'],
    ['promenade+http://10.0.0.7:9000/y', 'keystone', 'http://10.0.0.7:9000/y'],
    ['promenade+https://[fd00::7]:9000/y', 'keystone', 'https://[fd00::7]:9000/y'],
  ])('%s is read as %s %s', (reference, via, target) => {
    const checked = checkReference(reference, policy);
    const found =
      checked.via === 'file' ? ['file', checked.path] : [checked.needsKeystone ? 'keystone' : 'http', checked.url.href];
    expect(found).toEqual([via, target]);
  });

  test.each(['http://design.test/x', 'http://design.test:8080/x', 'http://10.0.0.7/x'])(
    '%s is on the list',
    (reference) => {
      expect(checkReference(reference, listed)).toMatchObject({ via: 'http' });
    },
  );
});

describe('a reference that can never work', () => {
  test.each([
    ['', /is no URL; write one of file:\/\/, http:\/\/, https:\/\/, deckhand\+http:\/\//],
    ['design.yaml', /is no URL/],
    ['//host/x', /is no URL/],
    ['http://', /http:\/\/ reference names no host; write http:\/\/host\/path/],
    ['HTTP://', /http:\/\/ reference names no host/],
    ['http:/x', /http:\/\/ reference names no host/],
    ['http:x', /http:\/\/ reference names no host/],
    ['http:', /http:\/\/ reference names no host/],
    ['http:///x', /http:\/\/ reference names no host/],
    ['http:\\\\host\\x', /http:\/\/ reference names no host/],
    ['http://?x', /http:\/\/ reference names no host/],
    ['http://#x', /http:\/\/ reference names no host/],
    ['https://:80/', /https:\/\/ reference names no host; write https:\/\/host\/path/],
    ['https://me:hidden@', /https:\/\/ reference names no host/],
    ['https://me:hidden@:80/x', /https:\/\/ reference names no host/],
    ['deckhand+http://', /deckhand\+http:\/\/ reference names no host/],
    ['deckhand+https://:80/', /deckhand\+https:\/\/ reference names no host/],
    ['promenade+http:/x', /promenade\+http:\/\/ reference names no host/],
    ['http://[', /host or port of the http:\/\/ reference is not valid/],
    ['http://me:hidden@design test/x', /host or port of the http:\/\/ reference is not valid/],
    ['http://me:hidden#more@design.test/x', /host or port of the http:\/\/ reference is not valid/],
    ['https://design.test:99999/x', /host or port of the https:\/\/ reference is not valid/],
    ['deckhand+http://1.2.3.999/x', /host or port of the deckhand\+http:\/\/ reference is not valid/],
    ['ftp://design.test/x', /scheme ftp: .* not supported/],
    ['data:text/plain,x', /scheme data: .* not supported/],
    ['barbican+http://design.test/x', /scheme barbican\+http: .* not supported/],
    ['constructor:x', /scheme constructor: .* not supported/],
    ['file:///srv/secret.yaml', /not below a directory/],
    ['file:///srv/designs', /not below a directory/],
    ['file:///srv/designs-of-others/x', /not below a directory/],
    ['file:///srv/designs/../secret', /not below a directory/],
    ['file:///srv/designs/%2e%2e/secret', /not below a directory/],
    ['file:///srv/designs/..%2fsecret', /path .* not valid/],
    ['file:///srv/designs/x%00', /path .* not valid/],
    ['file:///srv/designs/%zz', /path .* not valid/],
    ['file://elsewhere/srv/designs/x', /names no host/],
    ['file:', /file:\/\/ reference names no file; write file:\/\/\/path\/to\/design/],
    ['file://', /file:\/\/ reference names no file/],
    ['file:///', /file:\/\/ reference names no file/],
    ['file:/', /file:\/\/ reference names no file/],
    ['file:site.yaml', /path of the file:\/\/ reference is not absolute; write file:\/\/\/path\/to\/design/],
    ['file:srv/designs/site.yaml', /is not absolute/],
    ['file:?x', /names no file/],
    ['http://127.0.0.1/x', /127\.0\.0\.1 has no address/],
    ['http://2130706433/x', /127\.0\.0\.1 has no address/],
    ['http://[::1]/x', /::1 has no address/],
    ['http://10.0.0.1/x', /10\.0\.0\.1 has no address/],
    ['http://169.254.169.254/latest', /169\.254\.169\.254 has no address/],
    ['deckhand+http:///x', /names no host; write deckhand\+http:\/\/host\/path/],
    ['deckhand+http:deckhand.test/x', /names no host/],
    ['deckhand+http://me:hidden@deckhand.test/x', /leave its user info out/],
    ['deckhand+http://other.test/x?token=hidden', /may not be sent to other\.test; add it to DRYDOCK_KEYSTONE_HOSTS/],
    ['promenade+https://10.0.0.7:9001/x', /may not be sent to 10\.0\.0\.7:9001/],
  ])('%s is refused', (reference, message) => {
    const check = (): unknown => checkReference(reference, policy);
    expect(check).toThrow(
      expect.objectContaining({ code: 'design_reference_refused', message: expect.stringMatching(message) }),
    );
    expect(check).not.toThrow(/hidden/);
  });

  test.each(['http://other.test/x', 'http://design.test:8081/x', 'http://design.test.evil.test/x'])(
    '%s is not on the list',
    (reference) => {
      expect(() => checkReference(reference, { ...listed, allowedHosts: ['design.test:80'] })).toThrow(
        /may not be fetched/,
      );
    },
  );

  test.each(['deckhand+http', 'deckhand+https', 'promenade+http', 'promenade+https'])(
    '%s without a configured Keystone says what to set',
    (scheme) => {
      const without = { ...policy, keystone: null };
      expect(() => checkReference(`${scheme}://deckhand.test/x`, without)).toThrow(/set DRYDOCK_KEYSTONE_AUTH_URL/);
    },
  );

  test('what to do about a missing Keystone is for the policy to say; a missing host comes first', () => {
    const without = { ...policy, keystone: null, keystoneAdvice: 'set OS_AUTH_URL' };
    expect(() => checkReference('deckhand+http://deckhand.test/x', without)).toThrow(
      /^deckhand\+http:\/\/ needs a token, and no Keystone is configured; set OS_AUTH_URL$/,
    );
    expect(() => checkReference('deckhand+http://', without)).toThrow(/names no host/);
  });

  test('a host that may not see the token is told by the name that the setting has there', () => {
    const named = { ...policy, keystone: { ...keystone, settingNames: { ...settingNames, hosts: '--hosts' } } };
    expect(() => checkReference('deckhand+http://other.test/x', named)).toThrow(/to other\.test; add it to --hosts$/);
  });

  test('a Keystone on the metadata address of a cloud is not one either', () => {
    const careless = { ...policy, keystone: { ...keystone, hosts: ['169.254.169.254'] } };
    expect(() => checkReference('deckhand+http://169.254.169.254/x', careless)).toThrow(/has no address/);
  });
});
