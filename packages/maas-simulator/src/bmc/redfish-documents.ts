import type { Hardware } from '../world/hardware.js';

export const systemPath = '/redfish/v1/Systems/1';
export const sessionsPath = '/redfish/v1/SessionService/Sessions';
export const resetPath = `${systemPath}/Actions/ComputerSystem.Reset`;

/** What a reset may be asked to do. */
export const resetTypes = [
  'On',
  'ForceOff',
  'GracefulShutdown',
  'GracefulRestart',
  'ForceRestart',
  'PowerCycle',
  'PushPowerButton',
  'ForceOn',
] as const;

export type ResetType = (typeof resetTypes)[number];

/** Targets of a boot override. */
export const bootTargets = ['None', 'Pxe', 'Hdd', 'Cd', 'BiosSetup'] as const;

/** Documents of the Redfish tree (DMTF DSP0266). */
export function serviceRoot(uuid: string): Record<string, unknown> {
  return {
    '@odata.id': '/redfish/v1/',
    '@odata.type': '#ServiceRoot.v1_5_0.ServiceRoot',
    Id: 'RootService',
    Name: 'Root Service',
    RedfishVersion: '1.6.0',
    UUID: uuid,
    Systems: { '@odata.id': '/redfish/v1/Systems' },
    SessionService: { '@odata.id': '/redfish/v1/SessionService' },
    Links: { Sessions: { '@odata.id': sessionsPath } },
  };
}

export function systemsCollection(): Record<string, unknown> {
  return collection('/redfish/v1/Systems', 'ComputerSystemCollection', [systemPath]);
}

export function collection(id: string, type: string, members: readonly string[]): Record<string, unknown> {
  return {
    '@odata.id': id,
    '@odata.type': `#${type}.${type}`,
    Name: type,
    'Members@odata.count': members.length,
    Members: members.map((member) => ({ '@odata.id': member })),
  };
}

/** The one system of a BMC. */
export function systemDocument(hardware: Hardware): Record<string, unknown> {
  const { spec } = hardware;
  return {
    '@odata.id': systemPath,
    '@odata.type': '#ComputerSystem.v1_10_0.ComputerSystem',
    '@odata.etag': etagOf(hardware),
    Id: '1',
    Name: spec.name,
    SystemType: 'Physical',
    Manufacturer: 'Simulated',
    Model: 'Rack server',
    SerialNumber: spec.name,
    UUID: hardware.uuid,
    BiosVersion: '1.0',
    PowerState: hardware.powerTransition ?? (hardware.isPoweredOn ? 'On' : 'Off'),
    Status: { State: 'Enabled', Health: 'OK' },
    ProcessorSummary: { Count: spec.cpuCount ?? 8 },
    MemorySummary: { TotalSystemMemoryGiB: (spec.memoryMib ?? 16_384) / 1024 },
    Boot: {
      BootSourceOverrideEnabled: hardware.bootOverrideEnabled,
      BootSourceOverrideMode: spec.bootMode === 'uefi' ? 'UEFI' : 'Legacy',
      BootSourceOverrideTarget: hardware.bootOverride,
      'BootSourceOverrideTarget@Redfish.AllowableValues': bootTargets,
    },
    Actions: {
      '#ComputerSystem.Reset': { target: resetPath, 'ResetType@Redfish.AllowableValues': resetTypes },
    },
  };
}

export function etagOf(hardware: Hardware): string {
  return `W/"${hardware.revision}"`;
}

/** The error envelope of Redfish. */
export function redfishError(code: string, message: string): Record<string, unknown> {
  return {
    error: {
      code: `Base.1.8.${code}`,
      message,
      '@Message.ExtendedInfo': [{ MessageId: `Base.1.8.${code}`, Message: message, Severity: 'Warning' }],
    },
  };
}
