import { visibleDiskBytes, type Hardware } from '../world/hardware.js';
import type { Machine } from '../world/machine.js';
import type { ScriptResult } from '../world/script-set.js';
import { hardwareOf, type World } from '../world/world.js';

/** What a script printed; lshw and lldp are made from the hardware when somebody asks. */
export function scriptOutput(world: World, machine: Machine, result: ScriptResult): string {
  if (result.stdout !== null) return result.stdout;
  const hardware = hardwareOf(world, machine);
  if (hardware === undefined) return '';
  return result.name === 'maas-lshw' ? lshwXml(hardware) : lldpXml(hardware);
}

/** lshw of the machine: cards and disks with their place on the bus and their logical name (04 §17.2). */
export function lshwXml(hardware: Hardware): string {
  const { spec } = hardware;
  const nics = spec.nics.map((nic, index) =>
    node(`network:${index}`, 'network', {
      description: 'Ethernet interface',
      product: '82540EM Gigabit Ethernet Controller',
      vendor: 'Intel Corporation',
      businfo: nic.busInfo,
      logicalname: nic.name,
      serial: nic.macAddress.toLowerCase(),
    }),
  );
  const disks = spec.disks.map((disk, index) =>
    node(`disk:${index}`, 'disk', {
      description: disk.rotational === true ? 'ATA Disk' : 'SCSI Disk',
      product: disk.model ?? 'VBOX HARDDISK',
      businfo: disk.busInfo,
      logicalname: `/dev/${disk.name}`,
      serial: disk.serial ?? `${spec.name}-${disk.name}`,
      size: String(visibleDiskBytes(hardware, disk.sizeBytes)),
    }),
  );
  return [
    '<?xml version="1.0" standalone="yes" ?>',
    '<list>',
    `<node id="${escapeXml(spec.name)}" claimed="true" class="system" handle="DMI:0001">`,
    '<description>Rack Mount Chassis</description>',
    `<serial>${escapeXml(spec.name)}</serial>`,
    '<node id="core" claimed="true" class="bus" handle="DMI:0002">',
    node('memory', 'memory', { size: String((spec.memoryMib ?? 16_384) * 2 ** 20) }),
    ...nics,
    ...disks,
    '</node>',
    '</node>',
    '</list>',
    '',
  ].join('\n');
}

function node(id: string, nodeClass: string, children: Readonly<Record<string, string>>): string {
  const inner = Object.entries(children).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return [`<node id="${id}" claimed="true" class="${nodeClass}">`, ...inner, '</node>'].join('\n');
}

/** The neighbour of every card: the switch fabric that it is wired to. */
export function lldpXml(hardware: Hardware): string {
  const neighbours = hardware.spec.nics.map((nic) => {
    const fabric = escapeXml(nic.fabric ?? nic.cidr ?? 'switch');
    return `<interface label="Interface" name="${escapeXml(nic.name)}" via="LLDP"><chassis><name>${fabric}</name></chassis></interface>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<lldp label="LLDP neighbors">\n${neighbours.join('\n')}\n</lldp>\n`;
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
