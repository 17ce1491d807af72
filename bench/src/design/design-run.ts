/** What one process measured of one design. */
export interface DesignRun {
  /** From bytes in memory to findings; the modules are loaded, none of them has run before. */
  readonly coldSeconds: number;
  /** Loading the modules, as this process does it. */
  readonly importSeconds: number;
  /** The same content again, from the API's cache; median. */
  readonly cachedMs: number;
  /** Peak of the process, all included, after the cold run. */
  readonly rssMib: number;
  readonly findings: number;
  readonly errors: readonly string[];
}
