import { createHmac, randomBytes } from 'node:crypto';

const secretNames = /pass|secret|token|credential|user_data|^key$|private/i;

/** New for every process: digests can be compared within a journal and tell nothing outside it. */
let salt: Buffer | undefined;

/** The value, or a digest of it when the name says that it is a secret. */
export function redact(name: string, value: string): string {
  if (!secretNames.test(name) || value === '') return value;
  salt ??= randomBytes(16);
  return `[redacted ${createHmac('sha256', salt).update(value).digest('hex').slice(0, 12)}]`;
}

/** A JSON document with its secrets redacted, flattened to text by name. */
export function redactJson(document: unknown): Record<string, string> {
  if (typeof document !== 'object' || document === null) return {};
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      redact(name, typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
  );
}
