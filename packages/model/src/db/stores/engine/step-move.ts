import type { ErrorClass } from '../../../domain/error-class.js';
import type { StepEnd } from '../../../domain/step.js';
import type { Focus, ObservedThing } from '../../../ports/step-outcome.js';

/** Where a step goes after a call. */
export type StepMove =
  /** We stopped the call ourselves: it says nothing about the machine, and somebody else goes on at once. */
  | { readonly kind: 'giveBack' }
  | {
      readonly kind: 'end';
      readonly end: StepEnd;
      readonly errorClass: ErrorClass | null;
      readonly reason: string | null;
      readonly focus: readonly Focus[];
    }
  | {
      readonly kind: 'wait';
      readonly afterSeconds: number | null;
      readonly observe: ObservedThing | null;
      /** What the machine was seen in; null or left out: nothing new is known. */
      readonly state?: string | null;
    }
  /** The call could not find out: tried again after a while. */
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly errorClass: ErrorClass; readonly reason: string }
  /** Something stored is of a newer version: this process may not judge it, and time that nobody could use does not count. */
  | { readonly kind: 'leave'; readonly afterSeconds: number; readonly reason: string };
