import { expect, test } from '@jest/globals';
import { SecretBox } from '@drydock/model/db';
import { sealDesignRef } from './seal-design-ref.js';

const box = new SecretBox('11'.repeat(32));

test('a reference without user info is stored as it came', () => {
  const designRef = 'deckhand+http://deckhand/api/v1.0/revisions/7/rendered-documents';
  expect(sealDesignRef(designRef, null)).toEqual({ designRef, designRefSealed: null });
});

test('user info is cut out and only the key opens it', () => {
  const { designRef, designRefSealed } = sealDesignRef('https://ci:hush@designs.example/site.yaml', box);
  expect(designRef).toBe('https://designs.example/site.yaml');
  expect(designRefSealed?.toString('latin1')).not.toContain('hush');
  expect(designRefSealed && box.open(designRefSealed)).toBe('https://ci:hush@designs.example/site.yaml');
  expect(() => new SecretBox('22'.repeat(32)).open(designRefSealed ?? Buffer.alloc(0))).toThrow(
    'DRYDOCK_SECRET_KEY_FILE',
  );
});

test('user info without a key is refused, and not repeated in the message', () => {
  expect(() => sealDesignRef('https://ci:hush@designs.example/site.yaml', null)).toThrow(/DRYDOCK_SECRET_KEY_FILE/);
  expect(() => sealDesignRef('https://ci:hush@designs.example/site.yaml', null)).not.toThrow(/hush/);
});
