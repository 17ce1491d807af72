import type { ErrorClass, Verb } from '@drydock/model';

export const scriptedOutcomes = ['done', 'absent', 'waiting', 'observe', 'failed', 'throw'] as const;
export type ScriptedOutcome = (typeof scriptedOutcomes)[number];

export const delayPlaces = ['begin', 'after_intent', 'after_effect'] as const;
export type DelayPlace = (typeof delayPlaces)[number];

export interface ScriptedBuildDatum {
  readonly generator: string;
  readonly dataFormat: string;
  readonly dataElement: string;
}

/** One row of the table; the README says what each key means. */
export interface ScriptRow {
  readonly verb: Verb | '*';
  readonly node?: string | undefined;
  readonly attempt?: number | '*' | undefined;
  readonly call?: number | '*' | undefined;
  readonly outcome: ScriptedOutcome;
  readonly reason?: string | undefined;
  readonly errorClass?: ErrorClass | undefined;
  readonly delayMilliseconds?: number | undefined;
  readonly delayAt?: DelayPlace | undefined;
  readonly afterSeconds?: number | undefined;
  readonly state?: string | undefined;
  readonly withEffects?: boolean | undefined;
  readonly buildData?: readonly ScriptedBuildDatum[] | undefined;
}

/** What the scripted drivers answer: plain data, so that a worker can read it from a file. */
export interface Script {
  readonly format: 1;
  /** The provisioner's name; `default` if not given. */
  readonly name?: string | undefined;
  /** Effects are appended here as JSON lines, and looked for here; without it they stay in memory. */
  readonly effectsFile?: string | undefined;
  readonly rows: readonly ScriptRow[];
}
