import type { Finding } from '@drydock/model';

/** What is to be said about one design. */
export interface DesignReport {
  /** As it was typed, without user info and query. */
  readonly reference: string;
  /** False: there is nothing to judge, and the one finding says why. */
  readonly isRead: boolean;
  readonly isValid: boolean;
  readonly findings: readonly Finding[];
}

/** What a person acts on: a rule that found nothing says so as `info`. */
export function problemsOf({ findings }: DesignReport): readonly Finding[] {
  return findings.filter(({ level }) => level !== 'info');
}
