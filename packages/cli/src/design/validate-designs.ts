import type { DesignReport } from '../output/findings/design-report.js';
import { unreadReport } from './unread-report.js';

/** A report of each reference, in their order; one that cannot be read hides nothing of the others. */
export async function validateDesigns(
  references: readonly string[],
  validate: (reference: string) => Promise<DesignReport>,
): Promise<readonly DesignReport[]> {
  const reports: DesignReport[] = [];
  for (const reference of references) {
    try {
      reports.push(await validate(reference));
    } catch (error) {
      reports.push(unreadReport(reference, error));
    }
  }
  return reports;
}
