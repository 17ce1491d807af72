import { type ChosenTranslators, compileDesign } from '@drydock/ingester/compiler';
import type { CompiledNode, FilterableNode, Finding } from '@drydock/model';
import { validationDocument } from '../wire-format/validation-document.js';
import type { CompiledForWire, DesignWork } from './design-work.js';

/** Compiles a design into the bytes that requests need. @param at now, ISO 8601 */
export function compileForWire(
  { bytes, source, strict }: Extract<DesignWork, { do: 'compile' }>,
  at: string,
  translators: ChosenTranslators,
): CompiledForWire {
  const { design, findings, isValid } = compileDesign(bytes, source, { strict, translators });
  return {
    isValid,
    document: new TextEncoder().encode(JSON.stringify(validationDocument(findings, isValid, at))),
    nodes: design === null ? null : sharedJson(design.nodes.map(filterable)),
    refusal: design === null ? refusalOf(findings) : null,
  };
}

function filterable({ name, tags, rack, rackLabels, ownerData }: CompiledNode): FilterableNode {
  return { name, tags, rack, rackLabels, ownerData };
}

function sharedJson(value: unknown): Uint8Array<SharedArrayBuffer> {
  const text = JSON.stringify(value);
  const shared = new Uint8Array(new SharedArrayBuffer(Buffer.byteLength(text)));
  Buffer.from(shared.buffer).write(text);
  return shared;
}

function refusalOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ level }) => level === 'error');
  const [first] = errors;
  const place = first?.place ? ` (${first.place.source}:${first.place.line})` : '';
  const others = errors.length > 1 ? ` and ${errors.length - 1} more errors` : '';
  return `the design cannot be read: ${first?.message ?? 'no reason given'}${place}${others}; see POST /validatedesign`;
}
