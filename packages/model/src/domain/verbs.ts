import type { TaskAction } from './actions.js';

export type DriverKind = 'node' | 'oob' | 'kubernetes' | 'none';

export interface VerbRow {
  /** The value that the v1.0 API shows as the subtask's action. */
  readonly apiAction: string;
  readonly driver: DriverKind;
  readonly target: 'node' | 'site';
  /** One call ends within this time, by abort of its signal. */
  readonly callSeconds: number;
  /** How long an effect may take to become visible before it counts as not done. */
  readonly settleSeconds: number;
  /** Default deadline of an attempt, from its first claim (reference 03 §11). */
  readonly deadlineMinutes: number;
  /** Switches the BMC, or lets MAAS switch it: nobody else may talk to it meanwhile. */
  readonly usesBmc: boolean;
  /** Counts against the deployments that run at once. */
  readonly isDeployment: boolean;
  /** Switches power on: counts against the rack's feed. */
  readonly switchesPower: boolean;
  /** Leaves the machine worse when it stops half way: once begun it is finished, also in a task that was terminated. */
  readonly isFinishedWhenStopped: boolean;
}

const bmcSettleSeconds = 15;
const quickSeconds = 30;
/** MAAS waits for the BMC inside the request (reference 04 §15.5). */
const slowSeconds = 300;

const plain = {
  usesBmc: false,
  isDeployment: false,
  switchesPower: false,
  isFinishedWhenStopped: false,
} as const;
const site = {
  driver: 'node',
  target: 'site',
  callSeconds: quickSeconds,
  settleSeconds: quickSeconds,
  ...plain,
} as const;
const node = {
  driver: 'node',
  target: 'node',
  callSeconds: quickSeconds,
  settleSeconds: quickSeconds,
  ...plain,
} as const;
const oob = {
  driver: 'oob',
  target: 'node',
  callSeconds: quickSeconds,
  settleSeconds: bmcSettleSeconds,
  deadlineMinutes: 5,
  ...plain,
  usesBmc: true,
} as const;

/** Every verb that a step can do. */
export const verbs = {
  validate_node_services: { ...site, apiAction: 'validate_node_services', deadlineMinutes: 5 },
  create_network_template: {
    ...site,
    apiAction: 'create_network_template',
    callSeconds: 120,
    settleSeconds: quickSeconds,
    deadlineMinutes: 5,
  },
  configure_user_credentials: { ...site, apiAction: 'configure_user_credentials', deadlineMinutes: 2 },
  configure_node_provisioner: { ...site, apiAction: 'configure_node_provisioner', deadlineMinutes: 5 },
  interrogate_oob: { ...oob, apiAction: 'interrogate_oob' },
  set_node_boot: { ...oob, apiAction: 'set_node_boot' },
  power_off_node: { ...oob, apiAction: 'power_off_node' },
  power_on_node: { ...oob, apiAction: 'power_on_node', switchesPower: true },
  power_cycle_node: {
    ...oob,
    apiAction: 'power_cycle_node',
    deadlineMinutes: 10,
    switchesPower: true,
    isFinishedWhenStopped: true,
  },
  look_for_node: { ...node, apiAction: 'identify_node', deadlineMinutes: 5 },
  identify_node: { ...node, apiAction: 'identify_node', deadlineMinutes: 10 },
  configure_hardware: {
    ...node,
    apiAction: 'configure_hardware',
    callSeconds: slowSeconds,
    settleSeconds: quickSeconds,
    deadlineMinutes: 30,
    usesBmc: true,
  },
  apply_node_networking: { ...node, apiAction: 'apply_node_networking', callSeconds: slowSeconds, deadlineMinutes: 5 },
  apply_node_storage: { ...node, apiAction: 'apply_node_storage', callSeconds: slowSeconds, deadlineMinutes: 5 },
  apply_node_platform: { ...node, apiAction: 'apply_node_platform', deadlineMinutes: 5 },
  deploy_node: {
    ...node,
    apiAction: 'deploy_node',
    callSeconds: slowSeconds,
    settleSeconds: quickSeconds,
    deadlineMinutes: 45,
    usesBmc: true,
    isDeployment: true,
  },
  bootaction_report: { ...node, apiAction: 'bootaction_report', driver: 'none', deadlineMinutes: 15 },
  destroy_node: {
    ...node,
    apiAction: 'destroy_node',
    callSeconds: slowSeconds,
    settleSeconds: quickSeconds,
    deadlineMinutes: 30,
    usesBmc: true,
  },
  relabel_node: { ...node, apiAction: 'relabel_node', driver: 'kubernetes', deadlineMinutes: 5 },
  noop: { ...node, apiAction: 'noop', driver: 'none', deadlineMinutes: 5 },
} as const satisfies Record<string, VerbRow>;

export type Verb = keyof typeof verbs;

/** The action under which a task, a stage or a step appears in the v1.0 API. */
export type ApiAction = TaskAction | (typeof verbs)[Verb]['apiAction'];
