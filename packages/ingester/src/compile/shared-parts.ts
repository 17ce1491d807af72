import type { CompiledNode, NodeInterface } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import { compileDevice, compileVolumeGroup } from './compile-storage.js';
import type { HostSettings, InterfaceSettings } from './host-settings.js';
import { resolveKernelParameters, type ResolvedParameters } from './kernel-parameters.js';
import { oncePer } from './once-per.js';

/**
 * The parts of nodes that come from settings alone: made once per settings, so that ten thousand nodes of one profile
 * hold its interfaces and disks once.
 */
export interface SharedParts {
  readonly interfaces: (settings: HostSettings['interfaces']) => CompiledNode['interfaces'];
  readonly devices: (settings: HostSettings['devices']) => CompiledNode['storage']['devices'];
  readonly volumeGroups: (settings: HostSettings['volumeGroups']) => CompiledNode['storage']['volumeGroups'];
  readonly texts: (texts: ReadonlyMap<string, string>) => Readonly<Record<string, string>>;
  /** Those that have no field of their own. */
  readonly oobParameters: (parameters: HostSettings['oobParameters']) => Readonly<Record<string, string>>;
  readonly deviceAliases: (profile: HardwareProfile) => CompiledNode['deviceAliases'];
  readonly kernelParameters: (
    profile: HardwareProfile,
  ) => (written: HostSettings['kernelParameters']) => ResolvedParameters;
}

type HardwareProfile = SiteDocument<'HardwareProfile'>;

const oobFields: ReadonlySet<string> = new Set(['network', 'account', 'credential', 'port', 'scheme']);

export function createSharedParts(): SharedParts {
  return {
    interfaces: listOncePer(compileInterface),
    devices: listOncePer(compileDevice),
    volumeGroups: listOncePer(compileVolumeGroup),
    texts: oncePer((texts) => Object.fromEntries(texts)),
    oobParameters: oncePer((parameters) => Object.fromEntries([...parameters].filter(([key]) => !oobFields.has(key)))),
    deviceAliases: oncePer(compileDeviceAliases),
    kernelParameters: oncePer(({ body }) => oncePer((written) => resolveKernelParameters(written, body))),
  };
}

/** A list that differs in one item shares the others. */
function listOncePer<S extends object, V>(make: (settings: S) => V): (list: readonly S[]) => readonly V[] {
  const item = oncePer(make);
  return oncePer((list: readonly S[]) => list.map(item));
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

function compileDeviceAliases({ body }: HardwareProfile): CompiledNode['deviceAliases'] {
  return Array.from(body.device_aliases, ([alias, device]) => ({
    alias,
    busType: device.bus_type ?? '',
    deviceType: device.dev_type,
    address: device.address ?? '',
  }));
}
