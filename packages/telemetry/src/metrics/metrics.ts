import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CachedReading } from './cached-reading.js';
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  type MetricName,
  type MetricProcess,
  type MetricRow,
  metricRows,
} from './metric-rows.js';

/** One value of a gauge. */
export interface Sample<Name extends GaugeName = GaugeName> {
  readonly name: Name;
  readonly labels: LabelsOf<Name>;
  readonly value: number;
}

export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** A sample whose labels are checked against its name. */
export function sample<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): Sample {
  return { name, labels, value };
}

/** What a scrape reads first, for instance from the database. */
export interface Reading {
  /** Label of `drydock_reading_failures_total`. */
  readonly name: string;
  /** All that these gauges have: what was there before and is not read again is gone. */
  readonly gauges: readonly GaugeName[];
  read(): Promise<readonly Sample[]> | readonly Sample[];
  /** Scrapes within this time share one answer. Default 0. */
  readonly keepSeconds?: number;
}

const readLimitSeconds = 2;

/** The metrics of one process, in a registry of its own. A metric that the process does not have is not counted. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<MetricName, Counter>();
  private readonly gauges = new Map<MetricName, Gauge>();
  private readonly histograms = new Map<MetricName, Histogram>();
  private readonly readings: { readonly reading: Reading; readonly cached: CachedReading<readonly Sample[]> }[] = [];

  constructor(process: MetricProcess) {
    collectDefaultMetrics({ register: this.registry });
    for (const [name, row] of Object.entries(metricRows) as [MetricName, MetricRow][]) {
      if (row.processes.includes(process)) this.register(name, row);
    }
  }

  /** Of ours, without the default ones. */
  get names(): readonly string[] {
    return [...this.counters.keys(), ...this.gauges.keys(), ...this.histograms.keys()];
  }

  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.counters.get(name)?.inc(labels, by);
  }

  /** In seconds, or whatever the name says. */
  observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void {
    this.histograms.get(name)?.observe(labels, value);
  }

  addReading(reading: Reading): void {
    const cached = new CachedReading(async () => reading.read(), {
      keepSeconds: reading.keepSeconds ?? 0,
      limitSeconds: readLimitSeconds,
    });
    this.readings.push({ reading, cached });
  }

  /** Reads what there is to read, and writes all of it in Prometheus's text format. Never rejects for a failed reading. */
  async expose(): Promise<Exposition> {
    await Promise.all(this.readings.map(({ reading, cached }) => this.read(reading, cached)));
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private async read(reading: Reading, cached: CachedReading<readonly Sample[]>): Promise<void> {
    const samples = await this.samplesOf(reading, cached);
    for (const name of reading.gauges) this.forget(name);
    for (const { name, labels, value } of samples) this.gauges.get(name)?.set(labels, value);
  }

  /** `reset` sets a gauge without labels to zero, which would be a lie about what could not be read. */
  private forget(name: GaugeName): void {
    if (metricRows[name].labels.length === 0) this.gauges.get(name)?.remove({});
    else this.gauges.get(name)?.reset();
  }

  /** A scrape shows no value rather than an old one. */
  private async samplesOf(reading: Reading, cached: CachedReading<readonly Sample[]>): Promise<readonly Sample[]> {
    try {
      return await cached.get();
    } catch {
      // Readiness says what is wrong; here it is counted, so that the absence of a gauge can be understood.
      this.count('drydock_reading_failures_total', { reading: reading.name });
      return [];
    }
  }

  private register(name: MetricName, { kind, help, labels, buckets }: MetricRow): void {
    const options = { name, help, labelNames: [...labels], registers: [this.registry] };
    if (kind === 'counter') this.counters.set(name, new Counter(options));
    if (kind === 'gauge') this.gauges.set(name, new Gauge(options));
    if (kind === 'histogram') {
      this.histograms.set(name, new Histogram({ ...options, ...(buckets && { buckets: [...buckets] }) }));
    }
  }
}
