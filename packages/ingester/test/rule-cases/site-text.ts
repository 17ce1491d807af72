import type { DocumentKind } from '../../src/parse/kinds/document-kinds.js';

type Builder = (name: string, body?: string) => string;

export const region = documentOf('Region');
export const rack = documentOf('Rack');
export const link = documentOf('NetworkLink');
export const network = documentOf('Network');
export const profile = documentOf('HostProfile');
export const node = documentOf('BaremetalNode');
export const bootAction = documentOf('BootAction');

/** A node with these entries in addressing, marked `@<name>-1` and so on. */
export function addressed(name: string, ...entries: readonly string[]): string {
  const lines = entries.map((entry, index) => `  - { ${entry} } # @${name}-${index + 1}`);
  return node(name, `addressing:\n${lines.join('\n')}`);
}

/** A document of one kind, its body marked `@data`, which may be indented as the test that holds it. */
function documentOf(kind: DocumentKind): Builder {
  return (name, body = '') => {
    const head = `---\nschema: drydock/${kind}/v1\nmetadata: { name: ${name} }\n`;
    return body.trim() === '' ? `${head}data: {}\n` : `${head}data: # @data\n${indented(body)}\n`;
  };
}

function indented(body: string): string {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => `  ${line.slice(margin)}`).join('\n');
}
