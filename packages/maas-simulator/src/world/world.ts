import type { VirtualClock } from '../clock/virtual-clock.js';
import { EventLog, type EventLevel } from './event-log.js';
import type { Hardware } from './hardware.js';
import { initialSite } from './initial-site.js';
import type { Machine } from './machine.js';
import { SeededRandom } from './seeded-random.js';
import type { Site } from './site.js';

/** Minor version of MAAS whose behaviour is simulated. */
export type MaasVersion = '2.9' | '3.5' | '3.6' | '3.7';

/** All state of one simulated MAAS and its fleet. */
export interface World {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly version: MaasVersion;
  readonly machines: Map<string, Machine>;
  readonly fleet: Map<string, Hardware>;
  readonly site: Site;
  readonly events: EventLog;
  /** VLANs that MAAS made up for switch fabrics that it could not place, by the fabric's name in the fleet. */
  readonly discoveredVlans: Map<string, number>;
  /** Fleet names of machines that were deleted, by their system id. */
  readonly formerNames: Map<string, string>;
  /** When true a machine boots from the network only where DHCP is served or relayed. */
  readonly requiresDhcp: boolean;
  /** One counter per kind of object. */
  nextId(kind: string): number;
}

const firstIds: Readonly<Record<string, number>> = { fabric: 1, vlan: 5002, domain: 1, repository: 3 };

export interface WorldOptions {
  readonly seed: number;
  readonly version: MaasVersion;
  readonly requiresDhcp: boolean;
}

/** An empty world. */
export function createWorld(clock: VirtualClock, options: WorldOptions): World {
  const counters = new Map<string, number>();
  return {
    clock,
    random: new SeededRandom(options.seed),
    version: options.version,
    requiresDhcp: options.requiresDhcp,
    discoveredVlans: new Map(),
    formerNames: new Map(),
    machines: new Map(),
    fleet: new Map(),
    site: initialSite(),
    events: new EventLog(),
    nextId(kind) {
      const id = counters.get(kind) ?? firstIds[kind] ?? 1;
      counters.set(kind, id + 1);
      return id;
    },
  };
}

/** Writes an event; from INFO upward it is also what the machine's `status_message` shows. */
export function logEvent(
  world: World,
  machine: Machine,
  level: EventLevel,
  what: { type: string; description?: string },
) {
  const description = what.description ?? '';
  world.events.add({
    systemId: machine.systemId,
    hostname: machine.hostname,
    username: 'unknown',
    level,
    createdMs: Date.now(),
    type: what.type,
    description,
  });
  if (level === 'DEBUG' || level === 'AUDIT') return;
  machine.statusAction = what.type;
  machine.statusMessage = description === '' ? what.type : `${what.type} - ${description}`;
  machine.revision++;
}

/** The hardware behind a machine. */
export function hardwareOf(world: World, machine: Machine): Hardware | undefined {
  return machine.hardwareName === null ? undefined : world.fleet.get(machine.hardwareName);
}
