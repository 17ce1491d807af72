import type { TaskTree } from '@drydock/client';
import { printable } from '../output/printable.js';
import { nodeProgress } from './node-progress.js';
import type { ProgressView } from './progress-view.js';
import { taskHeadline } from './task-headline.js';

/** One plain line per change, for files and pipes. */
export class LineLog implements ProgressView {
  readonly #tell: (text: string) => void;
  readonly #said = new Map<string, string>();

  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  show(tree: TaskTree): void {
    this.#say(`task ${tree.root.task_id}`, taskHeadline(tree.root));
    for (const { name, action, state, retry, reasons } of nodeProgress(tree)) {
      const attempt = retry === 0 ? '' : ` (retry ${retry})`;
      this.#say(name, `${action} ${state}${attempt}${reasons[0] === undefined ? '' : `: ${reasons[0]}`}`);
    }
  }

  note(text: string): void {
    this.#tell(`${printable(text)}\n`);
  }

  close(): void {
    this.#said.clear();
  }

  #say(subject: string, news: string): void {
    if (this.#said.get(subject) === news) return;
    this.#said.set(subject, news);
    this.#tell(`${printable(`${subject}: ${news}`)}\n`);
  }
}
