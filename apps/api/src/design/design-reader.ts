import type { ResolvedReference } from '@drydock/ingester';
import { DrydockError, type NodeFilterSet } from '@drydock/model';
import type { ThreadPool } from '@drydock/runtime';
import type { BoundedCache } from './bounded-cache.js';
import type { CompiledForWire, DesignAnswer, DesignWork } from './design-work.js';
import { hashContent } from './hash-content.js';

export interface DesignReaderParts {
  /** Fetches; remembers no failure. */
  readonly resolve: (reference: string, signal: AbortSignal) => Promise<ResolvedReference>;
  readonly pool: Pick<ThreadPool<DesignWork, DesignAnswer>, 'run'>;
  /** Of what compiled; what failed to resolve, or to compile in time, is never in it. */
  readonly cache: BoundedCache<CompiledForWire>;
}

/**
 * Reads designs for requests: fetches every time, compiles each content once in a thread. Requests for the same content
 * at the same time share one compilation.
 */
export class DesignReader {
  private readonly compiling = new Map<string, Promise<CompiledForWire>>();

  constructor(private readonly parts: DesignReaderParts) {}

  /**
   * What is to be said about a design.
   * @param strict what the original let pass is an error instead of a warning
   * @throws DrydockError `design_reference_refused`, `design_unavailable`, `design_too_large`, `overloaded`,
   *   `work_exceeded`
   */
  async read(reference: string, signal: AbortSignal, strict = false): Promise<CompiledForWire> {
    const resolved = await this.parts.resolve(reference, signal);
    // Findings name the source: the same content from elsewhere has others.
    const key = `${await hashContent(resolved.bytes)} ${strict ? 'strict' : 'lenient'} ${resolved.source}`;
    const known = this.parts.cache.get(key) ?? this.compiling.get(key);
    if (known !== undefined) return known;
    const compiling = this.compile(key, { do: 'compile', ...resolved, strict });
    this.compiling.set(key, compiling);
    try {
      return await compiling;
    } finally {
      this.compiling.delete(key);
    }
  }

  /**
   * The names of the nodes that a filter selects, as a JSON array in bytes; with reasons when `isExplained`.
   * @throws DrydockError `design_unreadable` when there is no telling what nodes the design has, and as `read`
   */
  async selectNodes(
    design: CompiledForWire,
    nodeFilter: NodeFilterSet | null,
    isExplained: boolean,
  ): Promise<Uint8Array> {
    if (design.nodes === null) throw new DrydockError('design_unreadable', design.refusal ?? '');
    const work: DesignWork = { do: 'select', nodes: design.nodes, nodeFilter, isExplained };
    return (await this.parts.pool.run(work)) as Uint8Array<ArrayBuffer>;
  }

  private async compile(key: string, work: Extract<DesignWork, { do: 'compile' }>): Promise<CompiledForWire> {
    const compiled = (await this.parts.pool.run(work, [work.bytes.buffer])) as CompiledForWire;
    this.parts.cache.set(key, compiled, compiled.document.byteLength + (compiled.nodes?.byteLength ?? 0));
    return compiled;
  }
}
