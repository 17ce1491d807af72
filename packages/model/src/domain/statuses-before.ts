type Moves = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

/** The statuses from which an event may move a row: the `status = any(:from)` of its one guarded write. */
export function statusesBefore(moves: Moves, event: string): readonly string[] {
  return Object.entries(moves)
    .filter(([, byEvent]) => byEvent[event] !== undefined)
    .map(([status]) => status);
}
