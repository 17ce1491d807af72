import type {
  CompiledNode,
  CompiledSite,
  NodeInterface,
  NetworkLink,
  StatusNote,
  WantedInterface,
  WantedNetwork,
} from '@drydock/model';
import type { DeviceResolver } from './resolve-devices.js';
import { Refusal } from './refusal.js';

/**
 * Interfaces that the provisioner configures. Not those on links that it may not touch, the operator's own business; nor
 * those whose NIC a bond of the node takes: a NIC boots the machine by one network and then belongs to the bond, which
 * disconnects it (reference 04 §6.8.1).
 */
export function configuredInterfaces(node: CompiledNode, site: CompiledSite): readonly NodeInterface[] {
  const left = new Set(interfacesLeftToBonds(node, site));
  return touchedInterfaces(node, site).filter((shape) => !left.has(shape));
}

/** Tells the user which interfaces of the design are not configured for themselves. */
export function notesOnBonds(node: CompiledNode, site: CompiledSite): readonly StatusNote[] {
  return interfacesLeftToBonds(node, site).map(({ name, slaves }) => ({
    text: `interface ${name} of node ${node.name} is not configured for itself: a bond takes its ${slaves.join(', ')}`,
    isError: false,
    contextType: 'node',
    context: node.name,
  }));
}

function interfacesLeftToBonds(node: CompiledNode, site: CompiledSite): readonly NodeInterface[] {
  const bonding = new Map(site.networkLinks.map((link) => [link.name, link.bonding.mode !== 'disabled']));
  const isBond = ({ networkLink }: NodeInterface): boolean => bonding.get(networkLink ?? '') ?? false;
  const touched = touchedInterfaces(node, site);
  const bonded = new Set(touched.filter(isBond).flatMap(({ slaves }) => slaves));
  return touched.filter((shape) => !isBond(shape) && shape.slaves.some((slave) => bonded.has(slave)));
}

function touchedInterfaces(node: CompiledNode, site: CompiledSite): readonly NodeInterface[] {
  const untouched = new Set(site.networkLinks.filter((link) => link.isUnconfigured).map((link) => link.name));
  return node.interfaces.filter(({ networkLink }) => networkLink !== null && !untouched.has(networkLink));
}

/** What each configured interface of a node shall be. */
export function wantedInterfaces(
  node: CompiledNode,
  site: CompiledSite,
  resolve: DeviceResolver,
): readonly WantedInterface[] | Refusal {
  const links = new Map(site.networkLinks.map((link) => [link.name, link]));
  const wanted: WantedInterface[] = [];
  for (const shape of configuredInterfaces(node, site)) {
    const link = links.get(shape.networkLink ?? '');
    if (!link) return undefinedThing(node, shape, `network link ${shape.networkLink ?? ''}`);
    const networks = wantedNetworks(node, site, { shape, link });
    if (networks instanceof Refusal) return networks;
    wanted.push({ name: shape.name, link, slaves: shape.slaves.map(resolve), networks });
  }
  return wanted;
}

function wantedNetworks(
  node: CompiledNode,
  site: CompiledSite,
  place: { readonly shape: NodeInterface; readonly link: NetworkLink },
): readonly WantedNetwork[] | Refusal {
  const wanted: WantedNetwork[] = [];
  for (const name of place.shape.networks) {
    const network = site.networks.find((candidate) => candidate.name === name);
    if (!network) return undefinedThing(node, place.shape, `network ${name}`);
    wanted.push({
      network,
      isNative: place.link.nativeNetwork === name,
      isPrimary: node.primaryNetwork === name,
      addressing: addressingOf(node, name),
    });
  }
  return wanted;
}

/** The last assignment of a network counts (reference 02 §4.10). */
function addressingOf(node: CompiledNode, network: string): WantedNetwork['addressing'] {
  const entry = node.addressing.findLast((candidate) => candidate.network === network);
  if (!entry) return null;
  if (entry.type === 'dhcp') return { type: 'dhcp' };
  return entry.address === null ? null : { type: 'static', address: entry.address };
}

function undefinedThing(node: CompiledNode, shape: NodeInterface, thing: string): Refusal {
  return new Refusal(
    'invalid_design',
    `interface ${shape.name} of node ${node.name} names the ${thing}, which the design does not define; ` +
      'define it or correct the name',
  );
}
