import { Binary, serialize } from 'bson';
import type { Reply } from '../maas/call.js';
import type { Machine } from '../world/machine.js';
import { hardwareOf, type World } from '../world/world.js';
import { lldpXml, lshwXml } from './script-output.js';

/** BSON `{lshw, lldp}`; null until a commissioning has run (05 §10.1). */
export function details(world: World, machine: Machine): Reply {
  const hardware = machine.wasCommissioned ? hardwareOf(world, machine) : undefined;
  const binary = (xml: string) => new Binary(Buffer.from(xml));
  const document =
    hardware === undefined
      ? { lshw: null, lldp: null }
      : { lshw: binary(lshwXml(hardware)), lldp: binary(lldpXml(hardware)) };
  return { statusCode: 200, body: Buffer.from(serialize(document)), contentType: 'application/bson' };
}
