import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CachedDocument, DocumentCache } from './document-cache.js';

function document(text: string): CachedDocument {
  const bytes = Uint8Array.from(new TextEncoder().encode(text));
  return { url: 'http://design.test/', validators: { etag: '"1"', lastModified: null }, bytes };
}

const textOf = (found: CachedDocument | null): string | null =>
  found === null ? null : new TextDecoder().decode(found.bytes);

describe('the cache of documents', () => {
  test('holds equal content once, until nobody has it', () => {
    const cache = new DocumentCache({ lifeSeconds: 1, maxBytes: 100 }, () => 0);
    cache.keep('a', document('same'));
    cache.keep('b', document('same'));
    expect(cache.sizeBytes).toBe(4);
    cache.drop('a');
    expect([textOf(cache.find('b')), cache.sizeBytes]).toEqual(['same', 4]);
    cache.keep('b', document('other'));
    expect([textOf(cache.find('b')), cache.sizeBytes]).toEqual(['other', 5]);
  });

  test('lets the longest unused go first', () => {
    const cache = new DocumentCache({ lifeSeconds: 1, maxBytes: 8 }, () => 0);
    cache.keep('a', document('aaaa'));
    cache.keep('b', document('bbbb'));
    cache.find('a');
    cache.keep('c', document('cccc'));
    expect(['a', 'b', 'c'].map((key) => textOf(cache.find(key)))).toEqual(['aaaa', null, 'cccc']);
  });

  test('never holds more than it may, nor longer', () => {
    const use = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      text: fc.string({ maxLength: 12 }),
      waitMs: fc.integer({ min: 0, max: 700 }),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 40 }), (uses) => {
        let nowMs = 0;
        const cache = new DocumentCache({ lifeSeconds: 1, maxBytes: 20 }, () => nowMs);
        const kept = new Map<string, { text: string; atMs: number }>();
        for (const { key, text, waitMs } of uses) {
          nowMs += waitMs;
          cache.keep(key, document(text));
          kept.set(key, { text, atMs: nowMs });
          expect(cache.sizeBytes).toBeLessThanOrEqual(20);
          for (const [known, { text, atMs }] of kept) {
            const found = textOf(cache.find(known));
            if (found !== null) expect([found, nowMs - atMs < 1000]).toEqual([text, true]);
          }
        }
      }),
    );
  });
});
