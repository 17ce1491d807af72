import type { GroupsOf, Plan, TaskResult, TaskStatus } from '@drydock/model';
import type { SimulatedStep } from './simulated-step.js';

/** A row of the table of tasks, and its steps. */
export interface SimulatedTask {
  readonly id: string;
  readonly lane: string;
  readonly plan: Plan;
  readonly groupsOf: GroupsOf;
  status: TaskStatus;
  isPaused: boolean;
  result: TaskResult | null;
  readonly steps: Map<string, SimulatedStep>;
  /** Of its steps, for a short way to them. */
  readonly moved: Set<SimulatedStep>;
  readonly waiting: Set<SimulatedStep>;
}

export function simulatedTask(facts: Pick<SimulatedTask, 'id' | 'lane' | 'plan' | 'groupsOf'>): SimulatedTask {
  return {
    ...facts,
    status: 'queued',
    isPaused: false,
    result: null,
    steps: new Map(),
    moved: new Set(),
    waiting: new Set(),
  };
}
