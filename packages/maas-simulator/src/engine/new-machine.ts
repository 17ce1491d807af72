import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';

/** A machine of which MAAS knows hardly anything yet. */
export function newMachine(world: World, known: { hostname: string; architecture: string }): Machine {
  let systemId = world.random.systemId();
  while (world.machines.has(systemId)) systemId = world.random.systemId();
  return {
    id: world.nextId('machine'),
    systemId,
    hardwareName: null,
    hostname: known.hostname,
    domainId: 0,
    description: '',
    hardwareUuid: null,
    ...unowned(),
    agentName: '',
    locked: false,
    architecture: known.architecture,
    minHweKernel: '',
    cpuCount: 0,
    memoryMib: 0,
    swapSize: null,
    status: 0,
    previousStatus: 0,
    netboot: true,
    errorDescription: '',
    statusAction: '',
    statusMessage: null,
    powerType: '',
    powerParameters: {},
    powerState: 'unknown',
    biosBootMethod: null,
    wasCommissioned: false,
    interfaces: [],
    bootInterfaceId: null,
    blockDevices: [],
    volumeGroups: [],
    specialFilesystems: [],
    bootDiskId: null,
    gatewayLinkId: null,
    scriptSets: [],
    zone: 'default',
    pool: 'default',
    commissioning: { keepPower: false, skipStorage: false, skipNetworking: false, isTesting: true },
    revision: 1,
  };
}

/** What a machine is without an owner and without an operating system. */
export function unowned(): Pick<
  Machine,
  'owner' | 'ownerData' | 'hweKernel' | 'osystem' | 'distroSeries' | 'userData' | 'ephemeralDeploy'
> {
  return {
    owner: '',
    ownerData: {},
    hweKernel: null,
    osystem: '',
    distroSeries: '',
    userData: null,
    ephemeralDeploy: false,
  };
}
