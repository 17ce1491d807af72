import { spanOfCompilation, type TracedTask, type Tracing } from '@drydock/telemetry';
import type { DesignCompiler } from './design-compiler.js';

export type TaskCompiler = (
  task: Parameters<DesignCompiler['compile']>[0] & TracedTask,
  signal: AbortSignal,
) => ReturnType<DesignCompiler['compile']>;

/** A compiler whose work is a span of the task that it is for. */
export function traceCompiler(compiler: Pick<DesignCompiler, 'compile'>, tracing: Tracing): { compile: TaskCompiler } {
  return {
    compile: async (task, signal) => {
      const span = tracing.begin(spanOfCompilation(task));
      let isFailed = true;
      try {
        const compiled = await span.run(() => compiler.compile(task, signal));
        isFailed = !compiled.isValid;
        return compiled;
      } finally {
        span.end({ isFailed });
      }
    },
  };
}
