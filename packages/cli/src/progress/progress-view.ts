import type { TaskTree } from '@drydock/client';

/** Shows a person how a task goes on. */
export interface ProgressView {
  show(tree: TaskTree): void;
  /** Something happened that is not progress. */
  note(text: string): void;
  close(): void;
}
