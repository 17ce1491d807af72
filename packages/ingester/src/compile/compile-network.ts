import type { Network, NetworkLink, NetworkRoute } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import { quoteText } from '../parse/shapes/print-scalar.js';
import { withPrefixLength } from '../validate/ip-text.js';
import type { CompileReport } from './compile-report.js';

/** Presence of this label alone counts, whatever its value (reference 02 §3.3). */
const unconfiguredLabel = 'noconfig';

const defaultSubnets: ReadonlySet<string | null> = new Set(['0.0.0.0/0', '::/0']);

/** A network before its route domain is written out. */
export function compileNetwork(document: SiteDocument<'Network'>, report: CompileReport): Network {
  const { body, name } = document;
  const routes = body.routes.map((route): NetworkRoute => ({
    subnet: route.subnet === null ? null : withPrefixLength(route.subnet),
    gateway: route.gateway,
    metric: route.metric,
    routeDomain: route.routedomain,
  }));
  return {
    name,
    cidr: withPrefixLength(body.cidr ?? ''),
    vlanId: vlanIdOf(document, report),
    mtu: body.mtu,
    routeDomain: body.routedomain,
    ranges: body.ranges.map((range) => ({ type: range.type ?? '', start: range.start, end: range.end })),
    routes,
    defaultGateway: routes.find((route) => defaultSubnets.has(route.subnet))?.gateway ?? null,
    dnsDomain: body.dns.domain ?? 'local',
    dnsServers: (body.dns.servers ?? '')
      .split(',')
      .map((server) => server.trim())
      .filter((server) => server !== ''),
    dhcpRelaySelfIp: body.dhcp_relay.self_ip,
    dhcpRelayUpstreamTarget: body.dhcp_relay.upstream_target,
    isUnconfigured: body.labels.has(unconfiguredLabel),
    labels: Object.fromEntries(body.labels),
  };
}

/** An empty text is no tag, as the original took it. */
function vlanIdOf(document: SiteDocument<'Network'>, report: CompileReport): number {
  const { vlan } = document.body;
  if (vlan === null || vlan === '') return 0;
  const id = /^\d{1,4}$/.test(vlan.trim()) ? Number(vlan) : NaN;
  if (id >= 0 && id <= 4094) return id;
  report.say('compile.value', {
    document,
    keys: ['vlan'],
    message: `${quoteText(vlan)} is no VLAN id`,
    diagnostic: "write a number from 1 to 4094 in quotes, for instance '100'; leave it out for untagged",
  });
  return 0;
}

/** Defaults by bonding mode: reference 02 §3.3. */
export function compileNetworkLink({ body, name }: SiteDocument<'NetworkLink'>): NetworkLink {
  const { bonding } = body;
  const mode = bonding.mode ?? 'disabled';
  const isBond = mode !== 'disabled';
  const isLacp = mode === '802.3ad';
  return {
    name,
    bonding: {
      mode,
      hash: isLacp ? (bonding.hash ?? 'layer3+4') : null,
      peerRate: isLacp ? (bonding.peer_rate ?? 'fast') : null,
      monitorRateMilliseconds: isBond ? (bonding.mon_rate ?? 100) : null,
      upDelayMilliseconds: isBond ? (bonding.up_delay ?? 200) : null,
      downDelayMilliseconds: isBond ? (bonding.down_delay ?? 200) : null,
    },
    mtu: body.mtu ?? 1500,
    linkSpeed: body.linkspeed ?? 'auto',
    trunking: body.trunking.mode ?? 'disabled',
    nativeNetwork: body.trunking.default_network,
    allowedNetworks: body.allowed_networks ?? [],
    isUnconfigured: body.labels.has(unconfiguredLabel),
    labels: Object.fromEntries(body.labels),
  };
}
