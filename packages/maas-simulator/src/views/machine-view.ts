import type { Machine } from '../world/machine.js';
import { scriptStatusNames, type ResultType, type ScriptStatus } from '../world/script-set.js';
import { statusNames } from '../world/machine-status.js';
import { linksOf } from '../network/addresses.js';
import { hardwareOf, type World } from '../world/world.js';
import { cachedSiteView } from './cached-site-views.js';
import { interfaceView } from './interface-view.js';
import { setStatus } from './script-views.js';
import { blockDeviceView, filesystemView } from './storage-views.js';

interface CachedText {
  readonly machineRevision: number;
  readonly siteRevision: number;
  readonly text: string;
}

const cachedTexts = new WeakMap<Machine, CachedText>();

/** The machine document as text; made anew only after a change of the machine or of the site. */
export function machineText(world: World, machine: Machine): string {
  const cached = cachedTexts.get(machine);
  if (cached?.machineRevision === machine.revision && cached.siteRevision === world.site.revision) return cached.text;
  const text = JSON.stringify(machineView(world, machine));
  cachedTexts.set(machine, { machineRevision: machine.revision, siteRevision: world.site.revision, text });
  return text;
}

/** A machine as MAAS shows it (05 §5.1). */
export function machineView(world: World, machine: Machine): Record<string, unknown> {
  return {
    ...identityPart(world, machine),
    ...statePart(machine),
    ...networkPart(world, machine),
    ...storagePart(machine),
    ...resultPart(world, machine),
  };
}

function identityPart(world: World, machine: Machine): Record<string, unknown> {
  const domain = world.site.domains.get(machine.domainId);
  const annotations = world.version === '2.9' ? {} : { workload_annotations: machine.ownerData };
  return {
    system_id: machine.systemId,
    hostname: machine.hostname,
    fqdn: `${machine.hostname}.${domain?.name ?? 'maas'}`,
    description: machine.description,
    hardware_uuid: machine.hardwareUuid,
    domain: cachedSiteView(world, 'domain', machine.domainId),
    owner: machine.owner,
    owner_data: machine.ownerData,
    ...annotations,
    locked: machine.locked,
    architecture: machine.architecture,
    min_hwe_kernel: machine.minHweKernel,
    hwe_kernel: machine.hweKernel,
    cpu_count: machine.cpuCount,
    cpu_speed: machine.cpuCount === 0 ? 0 : 2600,
    memory: machine.memoryMib,
    swap_size: machine.swapSize,
    tag_names: tagNamesOf(world, machine),
    zone: { id: 1, name: machine.zone, description: '', resource_uri: `/MAAS/api/2.0/zones/${machine.zone}/` },
    pool: { id: 0, name: machine.pool, description: 'Default pool', resource_uri: '/MAAS/api/2.0/resourcepool/0/' },
    node_type: 0,
    node_type_name: 'Machine',
    parent: null,
    pod: null,
    virtualmachine_id: null,
    resource_uri: `/MAAS/api/2.0/machines/${machine.systemId}/`,
  };
}

function statePart(machine: Machine): Record<string, unknown> {
  return {
    status: machine.status,
    status_name: statusNames[machine.status],
    status_action: machine.statusAction,
    status_message: machine.statusMessage,
    osystem: machine.osystem,
    distro_series: machine.distroSeries,
    ephemeral_deploy: machine.ephemeralDeploy,
    netboot: machine.netboot,
    disable_ipv4: false,
    enable_hw_sync: false,
    last_sync: null,
    next_sync: null,
    sync_interval: null,
    error_description: machine.errorDescription,
    power_type: machine.powerType,
    power_state: machine.powerState,
    bios_boot_method: machine.biosBootMethod,
    constraints_by_type: {},
  };
}

function networkPart(world: World, machine: Machine): Record<string, unknown> {
  const interfaces = machine.interfaces.map((nic) => interfaceView(world, machine, nic));
  const gatewayLink = linksOf(machine).find((link) => link.id === machine.gatewayLinkId);
  const gateway = world.site.subnets.get(gatewayLink?.subnetId ?? -1)?.gatewayIp;
  return {
    interface_set: interfaces,
    boot_interface: interfaces.find((nic) => nic['id'] === machine.bootInterfaceId) ?? null,
    ip_addresses: linksOf(machine).flatMap((link) => (link.ipAddress === null ? [] : [link.ipAddress])),
    address_ttl: null,
    default_gateways: {
      ipv4: { gateway_ip: gateway ?? null, link_id: machine.gatewayLinkId },
      ipv6: { gateway_ip: null, link_id: null },
    },
  };
}

function storagePart(machine: Machine): Record<string, unknown> {
  const devices = machine.blockDevices.map((device) => blockDeviceView(machine, device));
  const physical = devices.filter((device) => device['type'] === 'physical');
  const physicalBytes = machine.blockDevices
    .filter((device) => device.type === 'physical')
    .reduce((sum, device) => sum + device.sizeBytes, 0);
  return {
    storage: physicalBytes / 1e6,
    blockdevice_set: devices,
    physicalblockdevice_set: physical,
    virtualblockdevice_set: devices.filter((device) => device['type'] === 'virtual'),
    boot_disk: physical.find((device) => device['id'] === machine.bootDiskId) ?? physical[0] ?? null,
    volume_groups: machine.volumeGroups.map((group) => ({
      system_id: machine.systemId,
      id: group.id,
      __incomplete__: true,
    })),
    raids: [],
    cache_sets: [],
    bcaches: [],
    special_filesystems: machine.specialFilesystems.map(filesystemView),
  };
}

const testedKinds = ['cpu', 'memory', 'network', 'storage', 'other', 'interface'];
const untested: Readonly<Record<string, unknown>> = Object.fromEntries(
  testedKinds.flatMap((kind) => [
    [`${kind}_test_status`, -1],
    [`${kind}_test_status_name`, 'Unknown'],
  ]),
);

function resultPart(world: World, machine: Machine): Record<string, unknown> {
  const current = (type: ResultType) => machine.scriptSets.findLast((set) => set.type === type);
  const statusOf = (type: ResultType): ScriptStatus => {
    const set = current(type);
    return set === undefined ? -1 : setStatus(set);
  };
  return {
    current_commissioning_result_id: current('commissioning')?.id ?? null,
    current_testing_result_id: current('testing')?.id ?? null,
    current_installation_result_id: current('installation')?.id ?? null,
    commissioning_status: statusOf('commissioning'),
    commissioning_status_name: scriptStatusNames[statusOf('commissioning')],
    testing_status: statusOf('testing'),
    testing_status_name: scriptStatusNames[statusOf('testing')],
    ...untested,
    hardware_info: hardwareInfo(machine.wasCommissioned ? hardwareOf(world, machine)?.spec.name : undefined),
    numanode_set: [
      {
        index: 0,
        cores: Array.from({ length: machine.cpuCount }, (_, core) => core),
        memory: machine.memoryMib,
        hugepages_set: [],
      },
    ],
  };
}

const hardwareKeys = [
  ...['vendor', 'product', 'family', 'version', 'sku', 'serial'].map((key) => `system_${key}`),
  'cpu_model',
  ...['vendor', 'product', 'serial', 'version', 'firmware_vendor', 'firmware_date', 'firmware_version'].map(
    (key) => `mainboard_${key}`,
  ),
  ...['vendor', 'type', 'serial', 'version'].map((key) => `chassis_${key}`),
];
const unknownHardware: Readonly<Record<string, string>> = Object.fromEntries(
  hardwareKeys.map((key) => [key, 'Unknown']),
);

/** Eighteen keys, each `Unknown` until commissioning has looked. */
export function hardwareInfo(serial: string | undefined): Record<string, string> {
  if (serial === undefined) return { ...unknownHardware };
  return {
    ...unknownHardware,
    system_vendor: 'Simulated',
    system_product: 'Rack server',
    system_serial: serial,
  };
}

/** Names of the tags that hold the machine, sorted. */
export function tagNamesOf(world: World, machine: Machine): string[] {
  return [...world.site.tags.values()]
    .filter((tag) => tag.members.has(machine.systemId))
    .map((tag) => tag.name)
    .sort();
}
