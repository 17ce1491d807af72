/** Something about a machine that is not as the design asks for. */
export interface Problem {
  readonly node: string;
  /** What differs, for instance `mode of bond0`. */
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
}

/** Notes the differences of one machine. */
export class Comparison {
  readonly problems: Problem[] = [];
  readonly #node: string;

  constructor(node: string) {
    this.#node = node;
  }

  /** True when they are equal. */
  expect(what: string, wanted: string | number | boolean | null, found: string | number | boolean | null): boolean {
    if (wanted === found) return true;
    this.note(what, wanted, found);
    return false;
  }

  /** As sets: order and repetition do not matter. */
  expectSet(what: string, wanted: readonly string[], found: readonly string[]): void {
    this.expect(what, listed(wanted), listed(found));
  }

  note(what: string, wanted: string | number | boolean | null, found: string | number | boolean | null): void {
    this.problems.push({ node: this.#node, what, wanted: String(wanted), found: String(found) });
  }
}

function listed(items: readonly string[]): string {
  return [...new Set(items)].toSorted().join(', ');
}
