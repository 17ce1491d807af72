import { buildData, type Database, message, stage, step, task } from '@drydock/model/db';

const id = (last: string): string => `6a0f0000-0000-4000-8000-${last.padStart(12, '0')}`;

/** prepare_nodes on two nodes: n01 was known; n02's BMC did not answer, and its set_node_boot failed. */
export const sampleIds = {
  task: id('1'),
  lookStage: id('2'),
  bootStage: id('3'),
  configureStage: id('4'),
  look1: id('11'),
  look2: id('12'),
  boot2: id('13'),
  configure1: id('14'),
  configure1Retry: id('15'),
  cycle2: id('16'),
} as const;

const at = (second: number): string => `2026-01-02 03:04:${String(second).padStart(2, '0')}.100000+00`;

const planned = { needs: [], join: 'all', maxAttempts: 1, deadlineSeconds: 300 } as const;

export async function insertSampleFamily(db: Database): Promise<void> {
  await db.insert(task).values({
    id: sampleIds.task,
    action: 'prepare_nodes',
    designRef: 'https://me:hunter2@designs.example/site.yaml',
    nodeFilter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union', node_names: ['n01', 'n02'] }] },
    lane: 'default',
    status: 'complete',
    resultStatus: 'partial_success',
    successes: ['n01'],
    failures: ['n02'],
    createdAt: at(0),
    updatedAt: at(50),
    createdBy: 'noauth',
    requestContext: { requestId: 'r', externalMarker: '', endUser: 'noauth', user: 'noauth' },
  });
  await insertStages(db);
  await insertSteps(db);
  await db.insert(message).values([
    { taskId: sampleIds.task, text: 'Design compiled', isError: false, contextType: 'task', context: 'NA', at: at(1) },
    {
      taskId: sampleIds.task,
      stepId: sampleIds.boot2,
      text: 'BMC timeout',
      isError: true,
      contextType: 'node',
      context: 'n02',
      extra: { tries: 3 },
      at: at(9),
    },
  ]);
  await db.insert(buildData).values({
    nodeName: 'n01',
    taskId: sampleIds.task,
    stepId: sampleIds.configure1Retry,
    generator: 'lshw',
    dataFormat: 'text/xml',
    dataElement: '<list/>',
    collectedAt: at(40),
  });
}

async function insertStages(db: Database): Promise<void> {
  const row = { taskId: sampleIds.task, updatedAt: at(50) };
  await db.insert(stage).values([
    {
      ...row,
      id: sampleIds.lookStage,
      ordinal: 0,
      verb: 'look_for_node',
      firstAdmittedAt: at(2),
      total: 2,
      admitted: 2,
      succeeded: 1,
      absent: 1,
    },
    {
      ...row,
      id: sampleIds.bootStage,
      ordinal: 1,
      verb: 'set_node_boot',
      firstAdmittedAt: at(5),
      total: 2,
      admitted: 1,
      failed: 1,
      skipped: 1,
    },
    {
      ...row,
      id: sampleIds.configureStage,
      ordinal: 4,
      verb: 'configure_hardware',
      firstAdmittedAt: at(6),
      total: 3,
      admitted: 2,
      failed: 1,
      succeeded: 1,
      skipped: 1,
    },
    { ...row, id: id('5'), ordinal: 2, verb: 'power_cycle_node', total: 2, skipped: 2 },
  ]);
}

async function insertSteps(db: Database): Promise<void> {
  const row = {
    ...planned,
    taskId: sampleIds.task,
    attempt: 0,
    status: 'ended',
    updatedAt: at(45),
    endedAt: at(45),
  } as const;
  const claimed = (second: number) => ({ firstAdmittedAt: at(second), firstClaimedAt: at(second + 1) });
  await db.insert(step).values([
    {
      ...row,
      ...claimed(2),
      id: sampleIds.look1,
      stageId: sampleIds.lookStage,
      key: 0,
      verb: 'look_for_node',
      nodeName: 'n01',
      end: 'succeeded',
    },
    {
      ...row,
      ...claimed(3),
      id: sampleIds.look2,
      stageId: sampleIds.lookStage,
      key: 1,
      verb: 'look_for_node',
      nodeName: 'n02',
      end: 'absent',
    },
    {
      ...row,
      ...claimed(5),
      id: sampleIds.boot2,
      stageId: sampleIds.bootStage,
      key: 3,
      verb: 'set_node_boot',
      nodeName: 'n02',
      end: 'failed',
      reason: 'BMC timeout',
      errorClass: 'unavailable',
    },
    {
      ...row,
      id: id('21'),
      stageId: sampleIds.bootStage,
      key: 2,
      verb: 'set_node_boot',
      nodeName: 'n01',
      end: 'skipped',
    },
    {
      ...row,
      ...claimed(6),
      id: sampleIds.configure1,
      stageId: sampleIds.configureStage,
      key: 4,
      verb: 'configure_hardware',
      nodeName: 'n01',
      end: 'failed',
      reason: 'commissioning failed',
      errorClass: 'machine_failed',
    },
    {
      ...row,
      ...claimed(30),
      id: sampleIds.configure1Retry,
      stageId: sampleIds.configureStage,
      key: 6,
      attempt: 1,
      verb: 'configure_hardware',
      nodeName: 'n01',
      end: 'succeeded',
      hasDetailLogs: true,
    },
    {
      ...row,
      id: id('22'),
      stageId: sampleIds.configureStage,
      key: 5,
      verb: 'configure_hardware',
      nodeName: 'n02',
      end: 'skipped',
    },
  ]);
}
