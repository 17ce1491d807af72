/** Values of a scrape by name and labels, as Prometheus writes them: `drydock_tasks{lane="a",status="queued"}`. */
export type Scrape = ReadonlyMap<string, number>;

export async function scrape(healthUrl: string): Promise<Scrape> {
  const response = await fetch(`${healthUrl}/metrics`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${healthUrl}/metrics answered ${response.status}: ${text}`);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** The sum over several processes of every series whose name begins so, those that are zero left out. */
export function sumOf(scrapes: readonly Scrape[], prefix: string): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const values of scrapes) {
    for (const [series, value] of values) {
      if (series.startsWith(prefix) && value !== 0) sums.set(series, (sums.get(series) ?? 0) + value);
    }
  }
  return Object.fromEntries([...sums].sort(([left], [right]) => left.localeCompare(right)));
}
