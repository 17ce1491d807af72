import type { CompiledDesign, CompiledNode, Network, NetworkLink, Rack } from './compiled-design.js';

export interface GraphVertex {
  /** Unique in the graph; letters and digits. */
  readonly id: string;
  readonly kind: 'link' | 'network' | 'nodes';
  /** Lines of text, the name first. */
  readonly label: readonly string[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** `native`: untagged on a link. */
  readonly kind: 'attached' | 'native' | 'tagged' | 'oob';
}

/** Vertices that stand in one rack. */
export interface GraphGroup {
  readonly id: string;
  readonly label: readonly string[];
  readonly vertices: readonly string[];
}

/** What is wired to what: nodes in racks, nodes to links by their interfaces, links to networks. */
export interface DesignGraph {
  readonly vertices: readonly GraphVertex[];
  readonly edges: readonly GraphEdge[];
  readonly racks: readonly GraphGroup[];
}

export interface GraphOptions {
  /** Up to so many nodes are drawn one by one; of more, those that are alike are drawn as one. Default 24. */
  readonly mostNodes?: number;
}

/** The links, networks, racks and nodes of a design as a graph. A name that leads nowhere is drawn nowhere. */
export function designGraph({ site, nodes }: CompiledDesign, { mostNodes = 24 }: GraphOptions = {}): DesignGraph {
  const links = new Map(site.networkLinks.map((link, index) => [link.name, { id: `link${index}`, link }]));
  const networks = new Map(site.networks.map((network, index) => [network.name, { id: `network${index}`, network }]));
  const idOfLink = (name: string): string | undefined => links.get(name)?.id;
  const idOfNetwork = (name: string): string | undefined => networks.get(name)?.id;
  const likes = groupAlike(nodes, nodes.length > mostNodes).map((group, index) => ({ id: `nodes${index}`, ...group }));
  return {
    vertices: [
      ...likes.map(({ id, members }): GraphVertex => ({ id, kind: 'nodes', label: labelOfNodes(members) })),
      ...[...links.values()].map(({ id, link }): GraphVertex => ({ id, kind: 'link', label: labelOfLink(link) })),
      ...[...networks.values()].map(({ id, network }): GraphVertex => ({
        id,
        kind: 'network',
        label: labelOfNetwork(network),
      })),
    ],
    edges: [
      ...likes.flatMap(({ id, sample }) => edgesOfNode(id, sample, { idOfLink, idOfNetwork })),
      ...[...links.values()].flatMap(({ id, link }) => edgesOfLink(id, link, idOfNetwork)),
    ],
    racks: racksOf(site.racks, likes),
  };
}

interface Alike {
  readonly sample: CompiledNode;
  readonly members: readonly string[];
}

/** Nodes that stand in the same rack and are wired alike, in design order. */
function groupAlike(nodes: readonly CompiledNode[], isGrouped: boolean): readonly Alike[] {
  if (!isGrouped) return nodes.map((node) => ({ sample: node, members: [node.name] }));
  const groups = new Map<string, { sample: CompiledNode; members: string[] }>();
  for (const node of nodes) {
    const wiring = node.interfaces.map(({ name, networkLink }) => [name, networkLink]);
    const key = JSON.stringify([node.rack, node.oob?.network, wiring]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { sample: node, members: [node.name] });
    else group.members.push(node.name);
  }
  return [...groups.values()];
}

function edgesOfNode(
  from: string,
  { interfaces, oob }: CompiledNode,
  { idOfLink, idOfNetwork }: Readonly<Record<'idOfLink' | 'idOfNetwork', (name: string) => string | undefined>>,
): readonly GraphEdge[] {
  const interfacesByLink = new Map<string, string[]>();
  for (const { name, networkLink } of interfaces) {
    const to = networkLink === null ? undefined : idOfLink(networkLink);
    if (to !== undefined) interfacesByLink.set(to, [...(interfacesByLink.get(to) ?? []), name]);
  }
  const oobNetwork = idOfNetwork(oob?.network ?? '');
  return [
    ...[...interfacesByLink].map(([to, names]): GraphEdge => ({ from, to, label: names.join(', '), kind: 'attached' })),
    ...(oobNetwork === undefined ? [] : [{ from, to: oobNetwork, label: oob?.type ?? '', kind: 'oob' as const }]),
  ];
}

function edgesOfLink(
  from: string,
  { allowedNetworks, nativeNetwork }: NetworkLink,
  idOfNetwork: (name: string) => string | undefined,
): readonly GraphEdge[] {
  const names = new Set([...(nativeNetwork === null ? [] : [nativeNetwork]), ...allowedNetworks]);
  return [...names].flatMap((name): readonly GraphEdge[] => {
    const to = idOfNetwork(name);
    if (to === undefined) return [];
    const isNative = name === nativeNetwork;
    return [{ from, to, label: isNative ? 'untagged' : 'tagged', kind: isNative ? 'native' : 'tagged' }];
  });
}

/** Racks of the design first, then those that only nodes speak of. */
function racksOf(racks: readonly Rack[], likes: readonly (Alike & { readonly id: string })[]): readonly GraphGroup[] {
  const vertices = new Map<string, string[]>(racks.map(({ name }) => [name, []]));
  for (const { id, sample } of likes) {
    if (sample.rack === null) continue;
    const known = vertices.get(sample.rack);
    if (known === undefined) vertices.set(sample.rack, [id]);
    else known.push(id);
  }
  const labels = new Map(racks.map((rack) => [rack.name, labelOfRack(rack)]));
  return [...vertices].map(([name, ids], index) => ({
    id: `rack${index}`,
    label: labels.get(name) ?? [`rack ${name}`],
    vertices: ids,
  }));
}

function labelOfNodes(members: readonly string[]): readonly string[] {
  const [first = '', ...others] = members;
  const last = others.at(-1);
  return last === undefined ? [first] : [`${first} … ${last}`, `${members.length} nodes`];
}

function labelOfLink({ name, bonding, mtu, isUnconfigured }: NetworkLink): readonly string[] {
  const bond = bonding.mode === 'disabled' ? [] : [`bond ${bonding.mode}`];
  return [name, ...bond, `MTU ${mtu}`, ...(isUnconfigured ? ['noconfig'] : [])];
}

function labelOfNetwork({ name, cidr, vlanId, routeDomain }: Network): readonly string[] {
  const vlan = vlanId === 0 ? [] : [`VLAN ${vlanId}`];
  return [name, cidr, ...vlan, ...(routeDomain === null ? [] : [`route domain ${routeDomain}`])];
}

function labelOfRack({ name, location }: Rack): readonly string[] {
  const place = Object.values(location).join(' ');
  return [`rack ${name}`, ...(place === '' ? [] : [place])];
}
