import type { NodeFilterSet } from '@drydock/model';

/** What the thread is started with. */
export interface DesignThreadSettings {
  readonly formats: readonly string[];
}

/** What the thread is asked for. */
export type DesignWork =
  | {
      readonly do: 'compile';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly source: string;
      readonly strict: boolean;
    }
  | {
      readonly do: 'select';
      /** As `CompiledForWire.nodes`. */
      readonly nodes: Uint8Array;
      readonly nodeFilter: NodeFilterSet | null;
      readonly isExplained: boolean;
    };

/**
 * What is kept of a design: JSON in bytes, made in the thread, so that neither ten thousand nodes nor ten thousand
 * findings cross to the event loop as objects.
 */
export interface CompiledForWire {
  readonly isValid: boolean;
  /** The validation document. */
  readonly document: Uint8Array<ArrayBuffer>;
  /** What node filters look at, in shared memory: any thread may read it. Null: the design cannot be read so far. */
  readonly nodes: Uint8Array<SharedArrayBuffer> | null;
  /** Why there are no nodes; null when there are. */
  readonly refusal: string | null;
}

/** Of `compile`, and the JSON body of `select`. */
export type DesignAnswer = CompiledForWire | Uint8Array<ArrayBuffer>;
