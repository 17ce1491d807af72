/** One thing that was looked at. */
export interface DoctorFinding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found and, where something was chosen, why. */
  readonly found: string;
  /** What to do about it. */
  readonly action?: string;
}

export interface DoctorReport {
  /** `failed` if anything is: Drydock would not run. */
  readonly status: DoctorFinding['status'];
  readonly findings: readonly DoctorFinding[];
}
