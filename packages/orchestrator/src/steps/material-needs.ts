import type { CompiledNode, Verb } from '@drydock/model';

export interface MaterialNeeds {
  /** The site's part of the snapshot: links, networks, repositories, boot actions. */
  readonly needsSite: boolean;
  /** OS names of the devices, from the newest hardware inventory. */
  readonly needsDeviceNames: boolean;
  /** The opened secrets of the step's target: credentials, and the user info of URLs wherever they stand. */
  readonly needsCredential: boolean;
  /** The boot actions of the deployment that begins, written down, with their key. */
  readonly needsBootActions: boolean;
  /** What the boot actions of the deployment have reported. */
  readonly needsReports: boolean;
}

const nothing = {
  needsSite: false,
  needsDeviceNames: false,
  needsCredential: false,
  needsBootActions: false,
  needsReports: false,
} as const;
const site = { ...nothing, needsSite: true } as const;
const credential = { ...nothing, needsCredential: true } as const;

/** What the worker loads for a verb besides the node's own part of the snapshot, and nothing more. */
export const materialNeeds = {
  validate_node_services: nothing,
  create_network_template: site,
  configure_user_credentials: site,
  /** Repository URLs may hold user info. */
  configure_node_provisioner: { ...site, needsCredential: true },
  interrogate_oob: credential,
  set_node_boot: credential,
  power_off_node: credential,
  power_on_node: credential,
  power_cycle_node: credential,
  look_for_node: nothing,
  /** Gives the provisioner the node's power parameters. */
  identify_node: credential,
  /** The same for a machine that was known before and never identified by us. */
  configure_hardware: credential,
  apply_node_networking: { ...nothing, needsSite: true, needsDeviceNames: true },
  apply_node_storage: { ...nothing, needsDeviceNames: true },
  /** Kernel parameters may be URLs. */
  apply_node_platform: credential,
  /** Package lists stand in the site's boot actions; owner data may be URLs. */
  deploy_node: { ...site, needsCredential: true, needsBootActions: true },
  /** Which boot actions signal stands in the site. */
  bootaction_report: { ...site, needsReports: true },
  destroy_node: nothing,
  /** Labels are the owner data. */
  relabel_node: credential,
  noop: nothing,
} as const satisfies Record<Verb, MaterialNeeds>;

/** The same for one node: one without aliases needs no device names. */
export function materialNeedsOf(verb: Verb, node: CompiledNode | null): MaterialNeeds {
  const needs: MaterialNeeds = materialNeeds[verb];
  return { ...needs, needsDeviceNames: needs.needsDeviceNames && (node?.deviceAliases.length ?? 0) > 0 };
}
