import { describe, expect, test } from '@jest/globals';
import { oauthHeader, parseApiKey } from './oauth-header.js';

describe('parseApiKey', () => {
  test.each(['', 'a:b', 'a:b:c:d', '::', 'a::c'])('refuses %j without showing it', (text) => {
    expect(() => parseApiKey(text)).toThrow(/not of the form consumer:token:secret/);
  });
});

describe('oauthHeader', () => {
  test('percent-encodes by RFC 5849', () => {
    const header = oauthHeader({ consumerKey: 'c', tokenKey: 't', tokenSecret: "s!'()*" }, 'nonce', 17);
    expect(header).toContain('oauth_signature="%26s%21%27%28%29%2A"');
    expect(header).toContain('oauth_timestamp="17"');
  });
});
