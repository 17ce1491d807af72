import type { Finding } from '@drydock/model';
import type { FindingRule } from '../findings/finding-rules.js';
import { isDocumentKind, type DocumentKind } from './kinds/document-kinds.js';

/** A document that is in the design and that nobody could read. Others may name it, and nobody knows what it says. */
export interface UnreadDocument {
  readonly kind: DocumentKind;
  readonly name: string;
}

/** Rules that leave out the document of which they speak. */
const leavesOut: ReadonlySet<string> = new Set<FindingRule>(['document.syntax', 'document.kind']);

/** Which documents the findings of reading a design say are left out by mistake. */
export function unreadDocuments(findings: readonly Finding[]): readonly UnreadDocument[] {
  return findings.flatMap(({ rule, level, documents: [document] }): readonly UnreadDocument[] => {
    const [, kind = ''] = document?.schema.split('/') ?? [];
    if (document === undefined || level !== 'error' || !leavesOut.has(rule) || !isDocumentKind(kind)) return [];
    return [{ kind, name: document.name }];
  });
}
