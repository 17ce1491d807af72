import {
  compiledDesignFormat,
  type BootAction,
  type CompiledDesign,
  type CompiledNode,
  type Finding,
} from '@drydock/model';
import type { SiteDocuments } from '../parse/site-document.js';
import { compileBootAction } from './compile-boot-action.js';
import { compileNode, type NodeSources } from './compile-node.js';
import { CompileReport } from './compile-report.js';
import { compileSite } from './compile-site.js';
import { indexDesign, type DesignIndex } from './design-index.js';
import { freezeDeep } from './freeze-deep.js';
import { Inheritance } from './inherit-settings.js';

export interface Compilation {
  readonly design: CompiledDesign;
  readonly index: DesignIndex;
  readonly findings: readonly Finding[];
}

/** Documents to the compiled, frozen design, in the order of reference 02 §1.1 and §4.1. */
export function compileDocuments(documents: SiteDocuments): Compilation {
  const report = new CompileReport();
  const index = indexDesign(documents, (finding) => report.add(finding));
  const site = compileSite(index, report);
  const rackLabels = new Map(site.racks.map((rack) => [rack.name, rack.labels]));
  const untargeted = compileNodes({ index, report, rackLabels });
  const bootActions = index.all('BootAction').map((action) => compileBootAction(action, untargeted, report));
  const design = freezeDeep<CompiledDesign>({
    format: compiledDesignFormat,
    site: { ...site, bootActions },
    nodes: withBootActions(untargeted, bootActions),
  });
  return { design, index, findings: report.findings };
}

function compileNodes(sources: NodeSources): readonly CompiledNode[] {
  const inheritance = new Inheritance(sources.index, sources.report);
  return sources.index
    .all('BaremetalNode')
    .map((document) => compileNode(document, inheritance.settingsOf(document), sources));
}

function withBootActions(nodes: readonly CompiledNode[], bootActions: readonly BootAction[]): readonly CompiledNode[] {
  const actionsByNode = new Map<string, string[]>(nodes.map((node) => [node.name, []]));
  for (const action of bootActions) {
    for (const node of action.targetNodes) actionsByNode.get(node)?.push(action.name);
  }
  return nodes.map((node) => ({ ...node, bootActions: actionsByNode.get(node.name) ?? [] }));
}
