import { selectNodes, type BootAction, type CompiledNode, type NodeFilterSet } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import { CandidateNodes } from './candidate-nodes.js';
import { compileBootAction } from './compile-boot-action.js';
import type { CompileReport } from './compile-report.js';

/** Nodes of all boot actions together: a hundred of them for ten thousand nodes each. */
const mostTargets = 1_000_000;

/** Nodes at which the filters of all boot actions look: a thousand of them at ten thousand nodes each. */
const mostLooks = 10_000_000;

/** Every boot action with its nodes; those beyond a limit are for none, which is an error. */
export function compileBootActions(
  documents: readonly SiteDocument<'BootAction'>[],
  nodes: readonly CompiledNode[],
  report: CompileReport,
): readonly BootAction[] {
  const selection = new BoundedSelection(nodes);
  return documents.map((document) => {
    const wasExhausted = selection.isExhausted;
    const action = compileBootAction(document, (filter) => selection.of(filter), report);
    if (selection.isExhausted && !wasExhausted) sayTooMany(document, report);
    return action;
  });
}

/** Selects nodes until it has had enough. */
class BoundedSelection {
  readonly #everyNode: readonly string[];
  readonly #candidates: CandidateNodes;
  #targets = 0;
  #looks = 0;

  constructor(nodes: readonly CompiledNode[]) {
    this.#everyNode = selectNodes(null, nodes);
    this.#candidates = new CandidateNodes(nodes);
  }

  get isExhausted(): boolean {
    return this.#targets > mostTargets || this.#looks > mostLooks;
  }

  of(filter: NodeFilterSet | null): readonly string[] {
    if (this.isExhausted) return [];
    const selected = filter === null ? this.#everyNode : this.#select(filter);
    this.#targets += selected.length;
    return this.isExhausted ? [] : selected;
  }

  #select(filter: NodeFilterSet): readonly string[] {
    const candidates = this.#candidates.of(filter, mostLooks - this.#looks);
    this.#looks += candidates?.looks ?? mostLooks + 1;
    return candidates === null ? [] : selectNodes(filter, candidates.nodes);
  }
}

function sayTooMany(document: SiteDocument<'BootAction'>, report: CompileReport): void {
  report.say('compile.value', {
    document,
    keys: ['node_filter'],
    message: `the boot actions up to this one are for more than ${mostTargets} nodes in all, or look at more than ${mostLooks}, so it and those after it are for none`,
    diagnostic: 'join boot actions, or give them filters that select fewer nodes',
  });
}
