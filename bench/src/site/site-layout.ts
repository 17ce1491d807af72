/** Rows of ten racks of twenty machines; each rack has its own subnets, as in sites that route at the top of the rack. */
export const nodesPerRack = 20;
export const racksPerRow = 10;

export type Role = 'control' | 'compute' | 'storage';

export interface RackLayout {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly row: string;
}

export interface NodeLayout {
  /** From 1, over the whole site. */
  readonly number: number;
  /** From 1, in the rack. */
  readonly slot: number;
  readonly name: string;
  readonly rack: RackLayout;
  readonly role: Role;
}

/** The subnets of a rack, in the order of their addresses. */
export const rackNetworks = ['oob', 'pxe', 'mgmt', 'storage', 'overlay'] as const;
export type RackNetwork = (typeof rackNetworks)[number];

/** Eight /24 of 10.0.0.0/8 per rack, which is room for 8,192 racks. */
const subnetsPerRack = 8;

export function layOutRacks(nodes: number): readonly RackLayout[] {
  return Array.from({ length: Math.ceil(nodes / nodesPerRack) }, (_, index) => ({
    number: index + 1,
    name: `rack-${padded(index + 1, 4)}`,
    row: `row-${padded(Math.floor(index / racksPerRow) + 1, 3)}`,
  }));
}

export function layOutNodes(nodes: number): readonly NodeLayout[] {
  const racks = layOutRacks(nodes);
  return Array.from({ length: nodes }, (_, index) => {
    const rack = racks[Math.floor(index / nodesPerRack)];
    if (rack === undefined) throw new RangeError(`node ${index + 1} has no rack`);
    const slot = (index % nodesPerRack) + 1;
    return { number: index + 1, slot, name: `${rack.name}-u${padded(slot * 2, 2)}`, rack, role: roleOf(rack, slot) };
  });
}

/** The control plane stands in the first rack of each row. */
function roleOf(rack: RackLayout, slot: number): Role {
  if (rack.number % racksPerRow === 1 && slot <= 3) return 'control';
  return slot > 15 ? 'storage' : 'compute';
}

/** For instance `mgmt-rack-0001`. */
export function networkName(rack: RackLayout, network: RackNetwork): string {
  return `${network}-${rack.name}`;
}

/** The first three parts of the rack's addresses on a network. */
export function subnetPrefix(rack: RackLayout, network: RackNetwork): string {
  const subnet = (rack.number - 1) * subnetsPerRack + rackNetworks.indexOf(network);
  return `10.${subnet >> 8}.${subnet & 255}`;
}

export function addressOf({ rack, slot }: NodeLayout, network: RackNetwork): string {
  return `${subnetPrefix(rack, network)}.${slot + 10}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
