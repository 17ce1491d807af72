type Moves = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** Where an event leads, per status that knows it: `finish` → `{ running: 'complete', terminating: 'terminated' }`. */
export function statusAfter(moves: Moves, event: string): Readonly<Record<string, string>> {
  const known = Object.entries(moves).flatMap(([status, byEvent]) => {
    const after = byEvent[event];
    return after === undefined ? [] : [[status, after] as const];
  });
  return Object.fromEntries(known);
}
