import { expect, test } from '@jest/globals';
import { SecretBox } from '@drydock/model/db';
import { sealDesignRef } from './seal-design-ref.js';

const box = new SecretBox('11'.repeat(32));

test('a reference without user info is stored as it came', () => {
  const designRef = 'deckhand+http://deckhand/api/v1.0/revisions/7/rendered-documents';
  expect(sealDesignRef(designRef, null)).toEqual({ designRef, designRefSealed: null });
});

test.each([
  ['user info', 'https://ci:hush@designs.example/site.yaml', 'https://designs.example/site.yaml'],
  [
    'a token',
    'https://designs.example/site.yaml?rev=7&token=hush',
    'https://designs.example/site.yaml?rev=7&token=redacted',
  ],
])('%s is cut out and only the key opens it', (_name, reference, shown) => {
  const { designRef, designRefSealed } = sealDesignRef(reference, box);
  expect(designRef).toBe(shown);
  expect(designRefSealed?.toString('latin1')).not.toContain('hush');
  expect(designRefSealed && box.open(designRefSealed)).toBe(reference);
  expect(() => new SecretBox('22'.repeat(32)).open(designRefSealed ?? Buffer.alloc(0))).toThrow(
    'DRYDOCK_SECRET_KEY_FILE',
  );
});

test.each(['https://ci:hush@designs.example/site.yaml', 'https://designs.example/site.yaml?token=hush'])(
  '%s without a key is refused, and not repeated in the message',
  (reference) => {
    expect(() => sealDesignRef(reference, null)).toThrow(/DRYDOCK_SECRET_KEY_FILE/);
    expect(() => sealDesignRef(reference, null)).not.toThrow(/hush/);
  },
);
