import type { BudgetState, GroupState } from '@drydock/model';
import type * as modelDb from '@drydock/model/db';
import { type Place, PlaceBook } from './place-book.js';
import type { SimulatedStep } from './simulated-step.js';
import type { SimulatedTask } from './simulated-task.js';

/** What one transaction did to places and groups. */
export interface Committed {
  readonly placed: readonly Place[];
  readonly givenBack: readonly Place[];
  /** Keys of groups whose row or places were written. */
  readonly touched: ReadonlySet<string>;
}

/**
 * The tables of several tasks at once, found by id, with an undo for a transaction that fails: as fast as a property over
 * a hundred thousand steps needs. One transaction at a time, as the admission lock has it.
 */
export class SimulatedDatabase {
  readonly tasks = new Map<string, SimulatedTask>();
  readonly groups = new Map<string, GroupState>();
  readonly places = new PlaceBook();
  readonly budgets = new Map<string, BudgetState>();
  /** By lane. */
  readonly runs = new Map<string, modelDb.RunRef>();
  readonly admitted = new Set<SimulatedStep>();
  readonly running = new Set<SimulatedStep>();
  /** The store that fails when it is used next. */
  faultAt: string | null = null;
  private undo: (() => void)[] = [];
  private placed: Place[] = [];
  private givenBack: Place[] = [];
  private touched = new Set<string>();

  constructor(
    readonly clock: { readonly now: number },
    /** Of live workers. */
    readonly slots: () => number,
    private readonly onCommit: (committed: Committed) => void,
  ) {}

  get database(): modelDb.Database {
    const transaction = async <Result>(work: (tx: object) => Promise<Result>): Promise<Result> => {
      [this.undo, this.placed, this.givenBack, this.touched] = [[], [], [], new Set()];
      try {
        const result = await work({});
        this.onCommit({ placed: this.placed, givenBack: this.givenBack, touched: this.touched });
        return result;
      } catch (error) {
        for (const step of this.undo.toReversed()) step();
        throw error;
      } finally {
        this.undo = [];
      }
    };
    return { transaction } as unknown as modelDb.Database;
  }

  step(id: string): SimulatedStep | undefined {
    return this.taskOf(id).steps.get(id);
  }

  taskOf(stepId: string): SimulatedTask {
    return this.task(stepId.split('.', 1)[0] ?? '');
  }

  task(id: string): SimulatedTask {
    const task = this.tasks.get(id);
    if (!task) throw new Error(`there is no task ${id}`);
    return task;
  }

  add(step: SimulatedStep): void {
    const { steps } = this.task(step.taskId);
    steps.set(step.id, step);
    this.undo.push(() => steps.delete(step.id));
  }

  change(step: SimulatedStep, facts: Partial<SimulatedStep>): void {
    const names = Object.keys(facts) as (keyof SimulatedStep)[];
    const before = Object.fromEntries(names.map((name) => [name, step[name]]));
    this.undo.push(() => this.assign(step, before));
    this.assign(step, facts);
  }

  changeTask(task: SimulatedTask, facts: Partial<SimulatedTask>): void {
    const { status, isPaused, result } = task;
    this.undo.push(() => Object.assign(task, { status, isPaused, result }));
    Object.assign(task, facts);
  }

  setGroup(group: GroupState): void {
    const before = this.groups.get(group.key);
    this.undo.push(() => (before === undefined ? this.groups.delete(group.key) : this.groups.set(group.key, before)));
    this.groups.set(group.key, group);
    this.touched.add(group.key);
  }

  setBudget(budget: BudgetState): void {
    const before = this.budgets.get(budget.key);
    this.undo.push(() =>
      before === undefined ? this.budgets.delete(budget.key) : this.budgets.set(budget.key, before),
    );
    this.budgets.set(budget.key, budget);
  }

  place(place: Place): void {
    this.undo.push(() => this.places.remove(place));
    this.places.add(place);
    this.placed.push(place);
    this.touched.add(place.groupKey);
  }

  giveBack(place: Place): void {
    this.undo.push(() => this.places.add(place));
    this.places.remove(place);
    this.givenBack.push(place);
    this.touched.add(place.groupKey);
    const group = this.groups.get(place.groupKey);
    if (group) this.setGroup({ ...group, held: group.held - place.weight });
  }

  private assign(step: SimulatedStep, facts: Partial<SimulatedStep>): void {
    Object.assign(step, facts);
    const task = this.task(step.taskId);
    keep(task.moved, step, step.moved);
    keep(task.waiting, step, step.status === 'waiting');
    keep(this.admitted, step, step.status === 'admitted');
    keep(this.running, step, step.status === 'running');
  }
}

function keep<Item>(set: Set<Item>, item: Item, isIn: boolean): void {
  if (isIn) set.add(item);
  else set.delete(item);
}
