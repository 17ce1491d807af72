import { RecordedOffsets } from './collection-offsets.js';
import type { ComposedDocument, YamlMapping } from './compose-document.js';
import {
  backslash,
  colon,
  dash,
  dot,
  doubleQuote,
  hash,
  isPrintable,
  newline,
  singleQuote,
  space,
  startsPlain,
} from './plain-characters.js';
import { resolveScalar } from './resolve-scalar.js';
import type { DocumentRange } from './split-documents.js';

/** Well below the depth that js-yaml refuses. */
const maxDepth = 40;

/**
 * The document in a range of a stream, if it is plain: block mappings and sequences of scalars that end on the line on
 * which they begin, in printable ASCII, without tabs. That is most of any large design, and reading it needs no events
 * (docs/adr/0009). Null: it is something else, or wrong; js-yaml knows, and what it says counts. What is read here is
 * what `composeDocument` reads: a property in the tests compares the two.
 */
export function composePlainDocument(text: string, range: DocumentRange): ComposedDocument | null {
  return new PlainReader(text, range).read();
}

/** Gives up by moving beyond the last line, which ends every loop; `read` then answers null. */
class PlainReader {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #offsets = new RecordedOffsets();
  #isGivenUp = false;
  #depth = 0;
  /** What is read next: the rest of a line that was begun, or the start of one. */
  #position: number;
  /** First character of the line, or of what follows the dashes on it. */
  #content = 0;
  /** Column of `#content`; -1 after the last line. */
  #indent = -1;

  constructor(text: string, { start, end }: DocumentRange) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#position = start;
  }

  read(): ComposedDocument | null {
    this.#nextLine();
    if (this.#isMarker('---')) this.#skipMarker();
    if (this.#indent < 0 || this.#isDash(this.#content)) return null;
    const offset = this.#content - this.#start;
    const value = this.#mapping(this.#indent);
    if (this.#isGivenUp || this.#indent >= 0) return null;
    return { value, offset, offsets: this.#offsets, duplicateKeys: [], aliasedValues: 0 };
  }

  #isMarker(marker: '---' | '...'): boolean {
    return this.#indent === 0 && this.#text.startsWith(marker, this.#content) && this.#isBreak(this.#content + 3);
  }

  #skipMarker(): void {
    this.#position = this.#content + 3;
    if (this.#isAtLineEnd()) this.#nextLine();
    else this.#giveUp();
  }

  #giveUp(): null {
    this.#isGivenUp = true;
    this.#indent = -1;
    return null;
  }

  /** To the next line that is neither blank nor a comment; the range of a document holds nothing after its `...`. */
  #nextLine(): void {
    const text = this.#text;
    let lineStart = this.#position;
    while (lineStart < this.#end) {
      let at = lineStart;
      while (text.charCodeAt(at) === space) at += 1;
      const code = text.charCodeAt(at);
      if (code !== newline && code !== hash && at < this.#end) {
        this.#content = at;
        this.#indent = this.#isGivenUp ? -1 : at - lineStart;
        if (code !== dot || !this.#isMarker('...')) return;
        this.#position = at + 3;
        if (!this.#isAtLineEnd()) this.#giveUp();
        break;
      }
      lineStart = this.#afterLine(at);
    }
    this.#indent = -1;
  }

  /** Of a line of which only blanks or a comment are left; js-yaml knows line ends and characters that end a comment. */
  #afterLine(start: number): number {
    for (let at = start; at < this.#end; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === newline) return at + 1;
      if (isPrintable[code] !== 1) this.#giveUp();
    }
    return this.#end;
  }

  /** Whether only blanks and a comment are left of the line; moves over them. */
  #isAtLineEnd(): boolean {
    const before = this.#position;
    let at = before;
    while (this.#text.charCodeAt(at) === space) at += 1;
    const code = this.#text.charCodeAt(at);
    this.#position = at;
    if (at < this.#end && code !== newline && (code !== hash || at === before)) return false;
    this.#position = this.#afterLine(at);
    return true;
  }

  #isDash(at: number): boolean {
    return this.#text.charCodeAt(at) === dash && this.#isBreak(at + 1);
  }

  #isBreak(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === space || code === newline || at >= this.#end;
  }

  #mapping(indent: number): YamlMapping {
    const mapping = new Map<unknown, unknown>();
    const offsets: number[] = [];
    this.#depth += 1;
    if (this.#depth > maxDepth) this.#giveUp();
    while (this.#indent === indent && !this.#isDash(this.#content)) {
      offsets.push(this.#scalarOffset(this.#content));
      const key = this.#key();
      if (this.#isGivenUp) break;
      mapping.set(key, this.#entry(indent));
      // A key that stands twice is a finding; js-yaml's events tell where.
      if (mapping.size < offsets.length) this.#giveUp();
    }
    if (this.#indent > indent) this.#giveUp();
    this.#depth -= 1;
    this.#offsets.record(mapping, offsets);
    return mapping;
  }

  #entry(indent: number): unknown {
    if (!this.#isAtLineEnd()) return this.#lastOfLine(indent);
    this.#nextLine();
    if (this.#indent < indent) return null;
    if (this.#isDash(this.#content)) return this.#sequence(this.#indent);
    return this.#indent > indent ? this.#mapping(this.#indent) : null;
  }

  /** A scalar that begins and ends here; a deeper line after it would continue it. */
  #lastOfLine(indent: number): unknown {
    const value = this.#scalar();
    if (!this.#isAtLineEnd()) return this.#giveUp();
    this.#nextLine();
    return this.#indent > indent ? this.#giveUp() : value;
  }

  #sequence(indent: number): readonly unknown[] {
    const items: unknown[] = [];
    const offsets: number[] = [];
    while (this.#indent === indent && this.#isDash(this.#content)) {
      this.#position = this.#content + 1;
      if (this.#isAtLineEnd() || this.#isDash(this.#position)) this.#giveUp();
      else items.push(this.#item(indent, offsets));
    }
    if (this.#indent > indent) this.#giveUp();
    this.#offsets.record(items, offsets);
    return items;
  }

  #item(indent: number, offsets: number[]): unknown {
    const at = this.#position;
    if (!this.#isSeparator(this.#scalarEnd(at))) {
      offsets.push(this.#scalarOffset(at));
      return this.#lastOfLine(indent);
    }
    offsets.push(at - this.#start);
    this.#indent += at - this.#content;
    this.#content = at;
    return this.#mapping(this.#indent);
  }

  #key(): unknown {
    this.#position = this.#content;
    const key = this.#scalar();
    while (this.#text.charCodeAt(this.#position) === space) this.#position += 1;
    if (!this.#isSeparator(this.#position) || (typeof key === 'object' && key !== null)) return this.#giveUp();
    this.#position += 1;
    return key;
  }

  #isSeparator(at: number): boolean {
    return this.#text.charCodeAt(at) === colon && this.#isBreak(at + 1);
  }

  /** As in js-yaml's events: that of a quoted scalar is that of its text. */
  #scalarOffset(at: number): number {
    return at - this.#start + (this.#isQuote(at) ? 1 : 0);
  }

  #isQuote(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === singleQuote || code === doubleQuote;
  }

  /** The scalar at the position, which moves behind it. */
  #scalar(): unknown {
    const at = this.#position;
    let end = this.#scalarEnd(at);
    if (this.#isQuote(at)) {
      this.#position = end;
      const text = this.#text.slice(at + 1, end - 1);
      return this.#text.charCodeAt(at) === singleQuote && text.includes("''") ? text.replaceAll("''", "'") : text;
    }
    while (this.#text.charCodeAt(end - 1) === space) end -= 1;
    this.#position = end;
    return resolveScalar(this.#text.slice(at, end));
  }

  /** Behind the closing quote; or where a plain scalar meets a separator, a comment or the end of its line. */
  #scalarEnd(at: number): number {
    const first = this.#text.charCodeAt(at);
    if (first === singleQuote || first === doubleQuote) return this.#quotedEnd(at, first);
    if (startsPlain[first] === 1 || (first === dash && !this.#isBreak(at + 1))) return this.#plainEnd(at);
    this.#giveUp();
    return at;
  }

  #plainEnd(start: number): number {
    const text = this.#text;
    for (let at = start; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === newline || (code === colon && this.#isBreak(at + 1))) return at;
      if (code === hash && text.charCodeAt(at - 1) === space) return at;
      if (isPrintable[code] === 1) continue;
      this.#giveUp();
      return at;
    }
    return this.#end;
  }

  #quotedEnd(start: number, quote: number): number {
    const text = this.#text;
    for (let at = start + 1; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        if (quote !== singleQuote || text.charCodeAt(at + 1) !== singleQuote) return at + 1;
        at += 1;
      } else if (isPrintable[code] !== 1 || (code === backslash && quote === doubleQuote)) break;
    }
    this.#giveUp();
    return start;
  }
}
