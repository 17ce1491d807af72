import type { TaskAction } from '../actions.js';

/** A row of the table by which a task finds its lane. What it does not name matches everything. */
export interface LaneRule {
  readonly lane: string;
  readonly actions?: readonly TaskAction[] | undefined;
  /** A pattern for the design reference without its credentials; `*` stands for any characters. */
  readonly designRef?: string | undefined;
}

/** All lanes of an installation, and how a task finds its own. */
export interface LaneTable {
  /** At least one. */
  readonly names: readonly string[];
  /** The first that matches wins. */
  readonly rules: readonly LaneRule[];
}

/** What a lane is chosen by: the design itself has not been read yet. */
export interface LaneSeeker {
  readonly action: TaskAction;
  /** Without credentials. */
  readonly designRef: string;
}

/** The lane of a task: that of the first rule that matches, or else the default lane. */
export function chooseLane({ names, rules }: LaneTable, task: LaneSeeker): string {
  return rules.find((rule) => matches(rule, task))?.lane ?? defaultLaneOf(names);
}

/** The one that is called `default`, or else the first that is named. */
export function defaultLaneOf(names: readonly string[]): string {
  return names.find((name) => name === 'default') ?? names[0] ?? 'default';
}

function matches({ actions, designRef }: LaneRule, task: LaneSeeker): boolean {
  if (actions !== undefined && !actions.includes(task.action)) return false;
  return designRef === undefined || fits(task.designRef, designRef.split('*'));
}

/** Whether the text is these parts in this order with anything in between; the cost is that of one reading per part. */
function fits(text: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
