import type { FoundLink, NetworkChange, WantedLink } from './network-model.js';

export interface LinkedInterface {
  readonly name: string;
  readonly links: readonly FoundLink[];
}

/** Removes links that are not wanted, then adds those that are missing. */
export function planLinks(
  nic: LinkedInterface,
  wanted: readonly WantedLink[],
  gatewayLinkIds: readonly number[],
): readonly NetworkChange[] {
  const kept = nic.links.filter((link) => wanted.some((wish) => isLinked(link, wish, gatewayLinkIds)));
  const removed = nic.links.filter((link) => !kept.includes(link) && !isBare(link));
  const missing = wanted.filter((wish) => !kept.some((link) => isLinked(link, wish, gatewayLinkIds)));
  return [
    ...removed.map((link) => ({ kind: 'unlink_subnet' as const, name: nic.name, linkId: link.id })),
    ...missing.map((link) => ({ kind: 'link_subnet' as const, name: nic.name, link })),
  ];
}

/** What a connected NIC has when nothing is configured; it gives way to any other link. */
function isBare(link: FoundLink): boolean {
  return link.mode === 'link_up' && link.subnetId === null;
}

function isLinked(link: FoundLink, wish: WantedLink, gatewayLinkIds: readonly number[]): boolean {
  if (link.mode !== wish.mode || link.subnetId !== wish.subnetId) return false;
  if (wish.address !== null && link.address !== wish.address) return false;
  return !wish.isDefaultGateway || gatewayLinkIds.includes(link.id);
}
