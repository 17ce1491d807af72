import { readFileSync } from 'node:fs';
import type { CompiledDesign, CompiledNode, Finding } from '@drydock/model';
import { compileDesign, type CompileOptions, type CompileResult } from '../src/index.js';

export function compileText(text: string, options: CompileOptions = {}): CompileResult {
  return compileDesign(Buffer.from(text), 'site.yaml', options);
}

export function sample(name: 'site-deckhand' | 'site-native'): string {
  return readFileSync(new URL(`samples/${name}.yaml`, import.meta.url), 'utf8');
}

/** The sample with one text replaced by another; both parts of the test's story, so the text must be there. */
export function sampleWith(from: string, to: string): string {
  const text = sample('site-deckhand');
  if (!text.includes(from)) throw new Error(`the sample has no "${from}"`);
  return text.replaceAll(from, to);
}

export function designOf(result: CompileResult): CompiledDesign {
  if (result.design === null) throw new Error(`no design: ${linesOf(result.findings).join('; ')}`);
  return result.design;
}

export function nodeOf(result: CompileResult, name: string): CompiledNode {
  const node = designOf(result).nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return node;
}

/** Everything but what passed, as `error DD0000 rule line:column message`. */
export function linesOf(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter((finding) => finding.level !== 'info')
    .map(({ level, code, rule, place, message }) => {
      const at = place === null ? '-' : `${place.line}:${place.column}`;
      return `${level} ${code} ${rule} ${at} ${message}`;
    });
}
