import type { ShownBuildDatum } from '@drydock/model/db';
import type { BuildDataDocument } from './documents.js';
import { timestamp } from './timestamp.js';

/** What a machine said about itself (reference 01 §2.7). Its task is the step that asked. */
export function buildDataDocument(datum: ShownBuildDatum): BuildDataDocument {
  return {
    node_name: datum.nodeName,
    task_id: datum.stepId,
    collected_date: timestamp(datum.collectedAt),
    generator: datum.generator,
    data_format: datum.dataFormat,
    data_element: datum.dataElement,
  };
}
