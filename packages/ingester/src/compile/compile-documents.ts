import {
  compiledDesignFormat,
  type BootAction,
  type CompiledDesign,
  type CompiledNode,
  type CompiledSite,
  type Finding,
} from '@drydock/model';
import type { SiteDocuments } from '../parse/site-document.js';
import type { UnreadDocument } from '../parse/unread-document.js';
import { bootActionLists } from './boot-action-lists.js';
import { compileBootActions } from './compile-boot-actions.js';
import { compileNode } from './compile-node.js';
import { CompileReport } from './compile-report.js';
import { compileSite } from './compile-site.js';
import { indexDesign, type DesignIndex } from './design-index.js';
import { freezeDeep } from './freeze-deep.js';
import { Inheritance } from './inherit-settings.js';
import { sayDoubtfulNames } from './say-doubtful-names.js';
import { createSharedParts } from './shared-parts.js';

export interface CompilationOptions {
  /** What the original let pass is an error instead of a warning. */
  readonly strict?: boolean;
  /** Documents that are in the design and could not be read. */
  readonly unread?: readonly UnreadDocument[];
}

export interface Compilation {
  readonly design: CompiledDesign;
  readonly index: DesignIndex;
  readonly findings: readonly Finding[];
  /** Profiles that are not there, or two documents of one name: the nodes are not what their author meant. */
  readonly isDoubtful: boolean;
}

/**
 * Documents to the compiled, frozen design, in the order of reference 02 §1.1 and §4.1. Lists keep the order of the
 * documents; what it decides is this alone: the last Region counts, of documents with one name the first, and later
 * boot actions win over earlier ones.
 */
export function compileDocuments(
  documents: SiteDocuments,
  { strict = false, unread = [] }: CompilationOptions = {},
): Compilation {
  const report = new CompileReport(strict);
  const index = indexDesign(documents, unread, (finding) => report.add(finding));
  const site = compileSite(index, report);
  const untargeted = compileNodes(index, site.racks, report);
  const bootActions = compileBootActions(index.all('BootAction'), untargeted, report);
  const design = freezeDeep<CompiledDesign>({
    format: compiledDesignFormat,
    site: { ...site, bootActions },
    nodes: withBootActions(untargeted, bootActions),
  });
  return { design, index, findings: report.findings, isDoubtful: report.isDecisive };
}

function compileNodes(
  index: DesignIndex,
  racks: CompiledSite['racks'],
  report: CompileReport,
): readonly CompiledNode[] {
  const inheritance = new Inheritance(index, report);
  const rackLabels = new Map(racks.map((rack) => [rack.name, rack.labels]));
  const sources = { index, report, inheritance, shared: createSharedParts(), rackLabels };
  for (const profile of index.all('HostProfile')) sayDoubtfulNames(profile, report);
  const nodes = index.all('BaremetalNode').map((document) => {
    sayDoubtfulNames(document, report);
    return compileNode(document, sources);
  });
  inheritance.sayProblems();
  return nodes;
}

function withBootActions(nodes: readonly CompiledNode[], bootActions: readonly BootAction[]): readonly CompiledNode[] {
  const listOf = bootActionLists(bootActions);
  return nodes.map((node) => ({ ...node, bootActions: listOf(node.name) }));
}
