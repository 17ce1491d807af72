import { readFileSync } from 'node:fs';
import { compileDesign } from '@drydock/ingester';
import type { CompiledDesign } from '@drydock/model';

/** The design in a text; it must be valid. */
export function compiled(text: string): CompiledDesign {
  const { design, isValid, findings } = compileDesign(Buffer.from(text), 'site.yaml');
  if (design !== null && isValid) return design;
  throw new Error(findings.flatMap(({ level, message }) => (level === 'error' ? [message] : [])).join('; '));
}

export const demoSiteText = readFileSync(new URL('../site.yaml', import.meta.url), 'utf8');

/** `site.yaml`, with these nodes only. */
export function demoDesign(...names: readonly string[]): CompiledDesign {
  const design = compiled(demoSiteText);
  return { ...design, nodes: design.nodes.filter(({ name }) => names.includes(name)) };
}
