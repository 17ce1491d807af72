import type { NodeInput, Progress, StatusNote, StepContext, StepOutcome } from '@drydock/model';
import { createMachineWriter, type MachineWriter } from '../http/machine-write.js';
import type { Region } from '../region.js';
import { createNotes, type Notes } from './notes.js';

export const progressFormat = 1;

/** What a step remembers between its calls. */
export interface Memory {
  /** The machine of the node, pinned at the first look. */
  systemId?: string;
  /** The operation of this step that was started in this attempt. */
  started?: string;
  /** What MAAS said when it accepted the operation and could not power the machine. */
  failureText?: string;
  /** The last status message that was reported. */
  reported?: string;
}

/** What one call of a verb works with. */
export interface StepCall {
  readonly region: Region;
  readonly context: StepContext;
  readonly writer: MachineWriter;
  readonly notes: Notes;
  /** Changes to it are stored with the next write or wait. */
  readonly memory: Memory;
}

export function createStepCall(region: Region, context: StepContext, nodeName: string | null): StepCall {
  const memory = memoryOf(context.progress);
  return {
    region,
    context,
    memory,
    writer: createMachineWriter(region.client, context, () => progressOf(memory)),
    notes: nodeName === null ? createNotes('NA', 'NA') : createNotes('node', nodeName),
  };
}

function memoryOf(progress: Progress | null): Memory {
  if (progress?.format !== progressFormat) return {};
  const { format: _format, ...facts } = progress;
  return facts;
}

export function progressOf(memory: Memory): Progress {
  return { ...memory, format: progressFormat };
}

export function notesOf(call: StepCall): readonly StatusNote[] {
  return call.notes.all;
}

export function done(call: StepCall, text: string): StepOutcome {
  call.notes.info(text);
  return { kind: 'done', notes: notesOf(call) };
}

export type FailedOutcome = Extract<StepOutcome, { kind: 'failed' }>;

export function failed(call: StepCall, errorClass: FailedOutcome['errorClass'], reason: string): FailedOutcome {
  return { kind: 'failed', reason, errorClass, notes: notesOf(call) };
}

export function waitSeconds(call: StepCall, afterSeconds: number): StepOutcome {
  return { kind: 'waiting', wake: { afterSeconds }, progress: progressOf(call.memory), notes: notesOf(call) };
}

export interface Sight {
  /** Of the observed thing. */
  readonly key: string;
  /** As the observer compares it. */
  readonly seen: string;
  /** The same as people read it. */
  readonly state: string;
}

/** Sleeps until the observer reads something else under this key than what we saw. */
export function waitForChange(call: StepCall, { key, seen, state }: Sight): StepOutcome {
  return {
    kind: 'waiting',
    wake: { observe: { source: call.region.source, key, seen } },
    state,
    progress: progressOf(call.memory),
    notes: notesOf(call),
  };
}

/** A verb on one node, as its file writes it: errors of MAAS are translated around it. */
export type NodeStep<Input extends NodeInput> = (input: Input, call: StepCall) => Promise<StepOutcome>;
export type SiteStep<Input> = (input: Input, call: StepCall) => Promise<StepOutcome>;
