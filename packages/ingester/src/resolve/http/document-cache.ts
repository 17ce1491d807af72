import { createHash } from 'node:crypto';
import type { CachePolicy } from '../reference-policy.js';

/** What a server gave us to ask "has it changed?" with (RFC 9110 §13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface CachedDocument {
  /** Where it came from at the end of all redirects; the validators mean nothing elsewhere. */
  readonly url: string;
  readonly validators: Validators;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Entry {
  readonly document: CachedDocument;
  readonly contentHash: string;
  readonly receivedAtMs: number;
}

const maxEntries = 256;

/**
 * Documents that a server may confirm instead of sending again. Equal content is held once. An entry lives for a fixed
 * time from when it was received; the longest unused ones go first when there is no room.
 */
export class DocumentCache {
  /** Longest unused first. */
  private readonly entries = new Map<string, Entry>();
  private readonly contents = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; uses: number }>();
  private heldBytes = 0;

  constructor(
    private readonly policy: CachePolicy,
    private readonly nowMs: () => number,
  ) {}

  find(key: string): CachedDocument | null {
    this.dropExpired();
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.document;
  }

  /** Copies the bytes: the caller gives the ones it has away. */
  keep(key: string, document: CachedDocument): void {
    this.drop(key);
    const size = document.bytes.length;
    if (this.policy.lifeSeconds <= 0 || size > this.policy.maxBytes) return;
    const contentHash = createHash('sha256').update(document.bytes).digest('hex');
    const bytes = this.hold(contentHash, document.bytes);
    this.entries.set(key, { document: { ...document, bytes }, contentHash, receivedAtMs: this.nowMs() });
    this.dropExpired();
    while (this.heldBytes > this.policy.maxBytes || this.entries.size > maxEntries) this.dropLongestUnused();
  }

  drop(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    this.release(entry.contentHash);
  }

  /** Bytes that are held, equal content counted once. */
  get sizeBytes(): number {
    return this.heldBytes;
  }

  private hold(hash: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const held = this.contents.get(hash);
    if (held !== undefined) {
      held.uses += 1;
      return held.bytes;
    }
    const copy = bytes.slice();
    this.contents.set(hash, { bytes: copy, uses: 1 });
    this.heldBytes += copy.length;
    return copy;
  }

  private release(hash: string): void {
    const held = this.contents.get(hash);
    if (held === undefined) return;
    held.uses -= 1;
    if (held.uses > 0) return;
    this.contents.delete(hash);
    this.heldBytes -= held.bytes.length;
  }

  private dropExpired(): void {
    const oldest = this.nowMs() - this.policy.lifeSeconds * 1000;
    for (const [key, { receivedAtMs }] of this.entries) {
      if (receivedAtMs <= oldest) this.drop(key);
    }
  }

  private dropLongestUnused(): void {
    const [key] = this.entries.keys();
    if (key !== undefined) this.drop(key);
  }
}
