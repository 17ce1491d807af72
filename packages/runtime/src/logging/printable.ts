import { types } from 'node:util';
import { Secret } from '../secret.js';

const maxDepth = 8;

/**
 * A copy that JSON shows in full: errors with code and causes, secrets as `[redacted]`, big integers as text,
 * and passwords cut out of URLs, which reach logs inside the messages of other people's errors.
 */
export function printable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutUrlPassword(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Secret) return value.toString();
  if (depth >= maxDepth) return '[too deep]';
  if (types.isNativeError(value)) return printableError(value, depth);
  if (Array.isArray(value)) return value.map((item: unknown) => printable(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return printable(value.toJSON(), depth + 1);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printable(item, depth + 1)]));
}

function printableError(error: Error, depth: number): Record<string, unknown> {
  return {
    name: error.name,
    ...('code' in error ? { code: error.code } : {}),
    message: withoutUrlPassword(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutUrlPassword(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: printable(error.cause, depth + 1) }),
  };
}

function withoutUrlPassword(text: string): string {
  if (!text.includes('://')) return text;
  return text.replaceAll(/(\w+:\/\/[^\s:/@]*):[^\s/@]+@/g, '$1:[redacted]@');
}
