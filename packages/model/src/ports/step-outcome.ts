import type { ErrorClass } from '../domain/error-class.js';

/** What the user must read; stored at once and shown in the task's messages. */
export interface StatusNote {
  readonly text: string;
  readonly isError: boolean;
  /** `node`, `network`, `network_link`, `rack_ctlr`, `cluster`, `task`, `bootaction`, `document` or `NA` (reference 01 §2.4). */
  readonly contextType: string;
  /** Name or id of that thing, or `NA`. */
  readonly context: string;
}

/** A piece of what a machine said about itself (reference 01 §2.7). */
export interface BuildDatum {
  readonly nodeName: string;
  /** `lshw`, `lldp`, `commission:<script>`, `testing:<script>`, `deploy:<script>` … */
  readonly generator: string;
  /** MIME type. */
  readonly dataFormat: string;
  readonly dataElement: string;
  /** RFC 3339; null: now. */
  readonly collectedDate: string | null;
}

/** What a site-wide step did to which network, repository or key. */
export interface Focus {
  readonly name: string;
  readonly isOk: boolean;
}

/**
 * A step's memory between calls: JSON of at most 4 KiB with the `knownProgressFormat`, stored under the fence, handed to
 * the next call. Anything else is a fault of the driver and fails the step; what a newer version stored is left alone.
 */
export interface Progress {
  readonly format: number;
  readonly [key: string]: unknown;
}

/** Something that an observer watches in bulk for many steps. */
export interface ObservedThing {
  /** The observer's source, for instance `maas:default`. */
  readonly source: string;
  /** Its key there, for instance a MAAS system id. */
  readonly key: string;
  /** The value that this step last read; the observer wakes the step when it reads another. */
  readonly seen: string;
}

interface Said {
  readonly notes: readonly StatusNote[];
  readonly buildData?: readonly BuildDatum[];
  /** `detail_logs` is added to the step's links when it stored logs. */
  readonly hasDetailLogs?: boolean;
}

/**
 * A driver's answer. To throw means: could not find out, try again. Only `waiting` is an answer while an announced effect
 * is unsettled: any other is refused, nothing of it is kept, and the step is called again (house §3.7).
 */
export type StepOutcome =
  | ({ readonly kind: 'done' | 'absent'; readonly focus?: readonly Focus[] } & Said)
  | ({
      readonly kind: 'waiting';
      readonly wake: { readonly afterSeconds: number } | { readonly observe: ObservedThing };
      readonly progress: Progress;
      /**
       * What the machine was seen in, in words: `MAAS status: Deploying`. It is kept, and told when the step ends before
       * its machine was seen in another. Left out: the last note says it, or the observed value.
       */
      readonly state?: string;
    } & Said)
  | ({
      readonly kind: 'failed';
      readonly reason: string;
      readonly errorClass: ErrorClass;
      readonly focus?: readonly Focus[];
    } & Said);
