import { expect, test } from '@jest/globals';
import { hideReferenceSecrets } from './hide-reference-secrets.js';

test.each([
  ['https://host/site.yaml?rev=7&keywords=a', 'https://host/site.yaml?rev=7&keywords=a'],
  ['https://host/a%20b?x=%41&author=me', 'https://host/a%20b?x=%41&author=me'],
  ['https://host/token/key?ref=main', 'https://host/token/key?ref=main'],
  ['https://host/x?token=s3cret', 'https://host/x?token=redacted'],
  ['https://host/x?rev=7&private_token=s3cret&y=1', 'https://host/x?rev=7&private_token=redacted&y=1'],
  [
    'https://host/x?X-Amz-Credential=s3cret/a&X-Amz-Signature=s3cret#x',
    'https://host/x?X-Amz-Credential=redacted&X-Amz-Signature=redacted#x',
  ],
  ['https://host/x?temp_url_sig=s3cret&temp_url_expires=1', 'https://host/x?temp_url_sig=redacted&temp_url_expires=1'],
  ['https://host/x?accessToken=s3cret', 'https://host/x?accessToken=redacted'],
  ['https://host/x?to%6Ben=s3cret', 'https://host/x?to%6Ben=redacted'],
  ['https://host/x?%zztoken=s3cret', 'https://host/x?%zztoken=redacted'],
  ['https://host/x?apikey=s3cret=s3cret?s3cret', 'https://host/x?apikey=redacted'],
  ['https://host/x;v=1?a=1;password=s3cret', 'https://host/x;v=1?a=1;password=redacted'],
  ['https://host/x#access_token=s3cret', 'https://host/x#access_token=redacted'],
  ['https://me:s3cret@host/x?key=s3cret', 'https://host/x?key=redacted'],
  ['deckhand+http://host/x?token=s3cret', 'deckhand+http://host/x?token=redacted'],
])('%s is shown as %s', (reference, shown) => {
  expect(hideReferenceSecrets(reference)).toBe(shown);
  expect(hideReferenceSecrets(shown)).toBe(shown);
});
