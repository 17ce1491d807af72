import type { TaskTree } from '@drydock/client';
import { printable } from '../output/printable.js';
import { type NodeProgress, nodeProgress } from './node-progress.js';
import type { ProgressView } from './progress-view.js';
import { taskHeadline } from './task-headline.js';

const barWidth = 24;
/** For the task itself and what is left out. */
const otherLines = 3;

/** A bar per node, redrawn in place. What does not fit on the terminal is counted; who runs or failed comes first. */
export class LiveView implements ProgressView {
  readonly #tell: (text: string) => void;
  readonly #terminal: { readonly columns: number; readonly rows: number };
  #drawnLines = 0;

  constructor(tell: (text: string) => void, terminal: { readonly columns: number; readonly rows: number }) {
    this.#tell = tell;
    this.#terminal = terminal;
  }

  show(tree: TaskTree): void {
    this.#draw(liveLines(tree, Math.max(1, this.#terminal.rows - otherLines)));
  }

  note(text: string): void {
    this.#draw([]);
    this.#tell(`${printable(text)}\n`);
  }

  close(): void {
    this.#drawnLines = 0;
  }

  #draw(lines: readonly string[]): void {
    // Up to the first line of the last drawing, then clear to the end of the screen.
    const back = this.#drawnLines === 0 ? '' : `\u001b[${this.#drawnLines}A\u001b[J`;
    const shown = lines.map((line) => `${printable(line).slice(0, this.#terminal.columns - 1)}\n`);
    this.#tell(back + shown.join(''));
    this.#drawnLines = lines.length;
  }
}

const urgency = { failed: 0, running: 1, terminated: 2, requested: 3, done: 4 } as const;

/** The drawing of a task, at most as many nodes as fit. */
export function liveLines(tree: TaskTree, mostNodes: number): readonly string[] {
  const nodes = nodeProgress(tree);
  const width = Math.max(0, ...nodes.map(({ name }) => name.length));
  const fits = nodes.length <= mostNodes;
  const shown = fits ? nodes : nodes.toSorted((a, b) => urgency[a.state] - urgency[b.state]).slice(0, mostNodes);
  const head = `${taskHeadline(tree.root)}  ${counted(nodes)}`;
  const more = fits ? [] : [`… and ${nodes.length - mostNodes} more`];
  return [head, ...shown.map((node) => nodeLine(node, width)), ...more];
}

function nodeLine({ name, action, state, retry, part, reasons }: NodeProgress, width: number): string {
  const full = Math.round(part * barWidth);
  const bar = `${'='.repeat(full)}${' '.repeat(barWidth - full)}`;
  const attempt = retry === 0 ? '' : ` (retry ${retry})`;
  return `${name.padEnd(width)} [${bar}] ${action} ${state}${attempt}${reasons[0] === undefined ? '' : `: ${reasons[0]}`}`;
}

function counted(nodes: readonly NodeProgress[]): string {
  const counts = new Map<string, number>();
  for (const { state } of nodes) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
