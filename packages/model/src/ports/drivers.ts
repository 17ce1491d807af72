import type { StepContext } from './step-context.js';
import type { StepOutcome } from './step-outcome.js';
import type {
  CreateNetworkTemplateInput,
  DeployNodeInput,
  NetworkingInput,
  NodeInput,
  OobInput,
  PlatformInput,
  RelabelInput,
  RepositoriesInput,
  StorageInput,
  UserCredentialsInput,
} from './driver-inputs.js';

/**
 * A driver's method: a plain input, one short repeatable thing, an answer. First look, then act.
 * It may be called any number of times, also after the death of a process in the middle of a call.
 */
export type DriverMethod<Input> = (input: Input, context: StepContext) => Promise<StepOutcome>;

/** Provisions machines (MAAS, or the scripted driver). One method per verb (reference 04 §6). */
export interface NodeDriver {
  /** Name of the provisioner in group keys and observer sources: `maas:<name>`. */
  readonly name: string;
  validate_node_services: DriverMethod<Record<string, never>>;
  create_network_template: DriverMethod<CreateNetworkTemplateInput>;
  configure_user_credentials: DriverMethod<UserCredentialsInput>;
  configure_node_provisioner: DriverMethod<RepositoriesInput>;
  /** `absent` when the provisioner does not know the node; never changes anything. */
  look_for_node: DriverMethod<NodeInput>;
  /** Waits until the node has enlisted, then gives it its name, domain and power parameters. */
  identify_node: DriverMethod<NodeInput>;
  configure_hardware: DriverMethod<NodeInput>;
  apply_node_networking: DriverMethod<NetworkingInput>;
  apply_node_storage: DriverMethod<StorageInput>;
  apply_node_platform: DriverMethod<PlatformInput>;
  deploy_node: DriverMethod<DeployNodeInput>;
  destroy_node: DriverMethod<NodeInput>;
}

/** Talks to BMCs of the types that it names. */
export interface OobDriver {
  readonly types: readonly string[];
  interrogate_oob: DriverMethod<OobInput>;
  set_node_boot: DriverMethod<OobInput>;
  power_off_node: DriverMethod<OobInput>;
  power_on_node: DriverMethod<OobInput>;
  power_cycle_node: DriverMethod<OobInput>;
}

export interface KubernetesDriver {
  relabel_node: DriverMethod<RelabelInput>;
}

/** Reads the present value of many observed things in few requests. Keeps no memory. */
export interface BulkObserver {
  /** As in `ObservedThing.source`. */
  readonly source: string;
  /** @returns key → value, comparable to `ObservedThing.seen`; a key that has vanished maps to `gone` */
  read(keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

/** One row of `GET /nodes` (reference 01 §1.9). */
export interface InventoryNode {
  readonly hostname: string;
  readonly memory: number;
  readonly cpu_count: number;
  readonly status_name: string;
  readonly boot_mac: string | null;
  readonly power_state: string;
  readonly power_address: string | null;
  readonly boot_ip: string | null;
}

export interface NodeInventory {
  /** @throws DrydockError `provisioner_unavailable` and its kin; never an empty list for an error */
  listNodes(signal: AbortSignal): Promise<readonly InventoryNode[]>;
}
