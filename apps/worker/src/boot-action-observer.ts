import { bootActionSource, type BulkObserver, reportedValue } from '@drydock/model';
import { countReports, type Database } from '@drydock/model/db';

/**
 * Wakes steps that wait for boot actions when one has reported. A report wakes its step itself; this finds the one that
 * came while the step was about to wait.
 */
export function bootActionObserver(db: Database): BulkObserver {
  return {
    source: bootActionSource,
    read: async (keys) => {
      const counts = await countReports(db, keys);
      return new Map(counts.map(({ deploymentId, reported, total }) => [deploymentId, reportedValue(reported, total)]));
    },
  };
}
