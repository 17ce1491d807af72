/** Kinds of script sets (05 §5.18). */
export const resultTypes = { commissioning: 0, installation: 1, testing: 2, release: 3 } as const;

export type ResultType = keyof typeof resultTypes;

/** Script statuses (05 §10.1). */
export const scriptStatusNames = {
  [-1]: 'Unknown',
  0: 'Pending',
  1: 'Running',
  2: 'Passed',
  3: 'Failed',
  4: 'Timed out',
  5: 'Aborted',
} as const;

export type ScriptStatus = keyof typeof scriptStatusNames;

export interface ScriptResult {
  readonly id: number;
  readonly name: string;
  status: ScriptStatus;
  exitStatus: number | null;
  /** Text, or null when it is made from the hardware on demand (lshw, lldp): a large fleet stays small. */
  stdout: string | null;
  stderr: string;
  startedMs: number;
  endedMs: number | null;
}

export interface ScriptSet {
  readonly id: number;
  readonly type: ResultType;
  results: ScriptResult[];
}

/** The scripts of a commissioning in their order (05 §7.3). */
export const commissioningScripts = [
  '20-maas-01-install-lldpd',
  '20-maas-02-dhcp-unconfigured-ifaces',
  '20-maas-03-machine-resources',
  '30-maas-01-bmc-config',
  '40-maas-01-machine-config-hints',
  '50-maas-01-commissioning',
  'maas-support-info',
  'maas-lshw',
  'maas-list-modaliases',
  'maas-get-fruid-api-data',
  'maas-kernel-cmdline',
  'maas-serial-ports',
  'maas-capture-lldpd',
] as const;
