import type { Addressing, CompiledNode, DeviceAlias, NodeInterface } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';
import { compileOob } from './compile-oob.js';
import { compileStorage } from './compile-storage.js';
import type { DesignIndex } from './design-index.js';
import type { HostSettings, InterfaceSettings } from './host-settings.js';
import { resolveKernelParameter } from './kernel-parameters.js';

export interface NodeSources {
  readonly index: DesignIndex;
  readonly report: CompileReport;
  /** Rack name to its labels. */
  readonly rackLabels: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

type NodeDocument = SiteDocument<'BaremetalNode'>;

/** A node with everything that it inherits and refers to; its boot actions are not known yet. */
export function compileNode(document: NodeDocument, settings: HostSettings, sources: NodeSources): CompiledNode {
  const hardwareProfile = findHardwareProfile(document, settings, sources);
  const addressing = document.body.addressing.map(compileAddressing);
  return {
    name: document.name,
    domain: domainOf(document, settings, sources),
    hostProfile: document.body.host_profile,
    hardwareProfile: settings.hardwareProfile,
    primaryNetwork: settings.primaryNetwork,
    rack: settings.rack,
    rackLabels: (settings.rack === null ? undefined : sources.rackLabels.get(settings.rack)) ?? {},
    bootMac: document.body.metadata.boot_mac,
    oob: compileOob(document, settings, { addressing, report: sources.report }),
    image: settings.image,
    kernel: settings.kernel,
    kernelParameters: kernelParametersOf(document, settings, { hardwareProfile, report: sources.report }),
    tags: settings.tags,
    ownerData: Object.fromEntries(settings.ownerData),
    interfaces: settings.interfaces.map(compileInterface),
    storage: compileStorage(settings),
    addressing,
    deviceAliases: deviceAliasesOf(hardwareProfile),
    bootActions: [],
  };
}

function findHardwareProfile(
  document: NodeDocument,
  { hardwareProfile }: HostSettings,
  { index, report }: NodeSources,
): SiteDocument<'HardwareProfile'> | undefined {
  const profile = hardwareProfile === null ? undefined : index.find('HardwareProfile', hardwareProfile);
  if (profile === undefined) {
    report.say('compile.hardware-profile', {
      document,
      keys: ['hardware_profile'],
      message:
        hardwareProfile === null
          ? 'it has no hardware profile'
          : `hardware profile "${hardwareProfile}" is not in the design`,
      diagnostic: 'name a HardwareProfile of the design in the node or in a host profile that it inherits',
    });
  }
  return profile;
}

function domainOf(document: NodeDocument, { primaryNetwork }: HostSettings, { index, report }: NodeSources): string {
  if (primaryNetwork === null) return 'local';
  const network = index.find('Network', primaryNetwork);
  if (network === undefined) {
    report.say('compile.primary-network', {
      document,
      keys: ['primary_network'],
      message: `primary network "${primaryNetwork}" is not in the design, so the node's domain is "local"`,
      diagnostic: 'add the Network, or correct primary_network',
    });
  }
  return network?.body.dns.domain ?? 'local';
}

function kernelParametersOf(
  document: NodeDocument,
  settings: HostSettings,
  sources: { hardwareProfile: SiteDocument<'HardwareProfile'> | undefined; report: CompileReport },
): CompiledNode['kernelParameters'] {
  return [...settings.kernelParameters].map(([key, value]) => {
    const resolved = resolveKernelParameter(value, sources.hardwareProfile?.body);
    if ('value' in resolved) return [key, resolved.value];
    sources.report.say('compile.kernel-parameters', {
      document,
      keys: ['platform', 'kernel_params', key],
      message: `kernel parameter ${key}: ${resolved.problem}`,
      diagnostic:
        'write hardwareprofile:cpuset.<name> or hardwareprofile:hugepages.<name>.size (or .count) of its profile',
    });
    return [key, value];
  });
}

function compileAddressing(entry: NodeDocument['body']['addressing'][number]): Addressing {
  const network = entry.network ?? '';
  if (entry.address === 'dhcp' || entry.address === null) return { network, type: 'dhcp', address: null };
  return { network, type: 'static', address: entry.address };
}

function compileInterface(settings: InterfaceSettings): NodeInterface {
  return {
    name: settings.name,
    networkLink: settings.networkLink,
    slaves: settings.slaves,
    networks: settings.networks,
    sriov:
      settings.hasSriov === true
        ? { virtualFunctionCount: settings.virtualFunctionCount ?? 0, isTrusted: settings.isTrusted ?? false }
        : null,
  };
}

function deviceAliasesOf(profile: SiteDocument<'HardwareProfile'> | undefined): readonly DeviceAlias[] {
  return [...(profile?.body.device_aliases ?? [])].map(([alias, device]) => ({
    alias,
    busType: device.bus_type ?? '',
    deviceType: device.dev_type,
    address: device.address ?? '',
  }));
}
