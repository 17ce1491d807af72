import { describe, expect, test } from '@jest/globals';
import { checkRedisServer, readRedisServerFacts } from './redis-server-facts.js';

const info = (policy: string, appendOnly: string) =>
  `# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:${policy}\r\n# Persistence\r\naof_enabled:${appendOnly}\r\n`;

function check(text: string): string[] {
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (message: string) => warnings.push(message), error: () => undefined };
  checkRedisServer(readRedisServerFacts(text), 'redis.example:6379', log);
  return warnings;
}

describe('a Redis server', () => {
  test('that never evicts and keeps an append-only file is taken without a word', () => {
    expect(check(info('noeviction', '1'))).toEqual([]);
  });

  test('without an append-only file is taken with a warning', () => {
    expect(check(info('noeviction', '0'))).toEqual(['redis keeps no append-only file']);
  });

  test.each(['allkeys-lru', 'volatile-ttl'])('that may evict by %s is refused, with what to set', (policy) => {
    expect(() => check(info(policy, '1'))).toThrow(/redis\.example:6379 may evict.*noeviction/);
  });

  test('that hides its policy is refused', () => {
    expect(() => check('# Server\r\n')).toThrow(/maxmemory-policy is unknown/);
  });
});
