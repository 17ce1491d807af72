import type { Vlan } from '../world/site.js';
import type { Call } from './call.js';
import { refuse } from './refusal.js';

const invalidChoice = 'Select a valid choice. That choice is not one of the available choices.';

/** DHCP, racks and relay of a VLAN (05 §9): a VLAN serves or relays, never both. */
export function dhcpChanges(call: Call, vlan: Vlan): Partial<Vlan> {
  const primaryRack = rackOf(call, 'primary_rack', vlan.primaryRack);
  const secondaryRack = rackOf(call, 'secondary_rack', vlan.secondaryRack);
  const promoted = primaryRack ?? secondaryRack;
  const racks = {
    primaryRack: promoted,
    secondaryRack: promoted === secondaryRack && primaryRack === null ? null : secondaryRack,
  };
  if (racks.primaryRack !== null && racks.primaryRack === racks.secondaryRack) {
    throw refuse.field('secondary_rack', 'The primary and secondary rack must be different.');
  }
  const dhcpOn = call.form.has('dhcp_on') ? call.form.flag('dhcp_on') : vlan.dhcpOn;
  const isTurnedOn = dhcpOn && call.form.has('dhcp_on');
  if (isTurnedOn && !vlan.dhcpOn) requireDhcp(call, vlan, racks.primaryRack);
  const relayVlanId = isTurnedOn && !call.form.has('relay_vlan') ? null : relayOf(call, vlan, dhcpOn);
  return { ...racks, dhcpOn, relayVlanId };
}

function rackOf(call: Call, field: string, current: string | null): string | null {
  const given = call.form.get(field);
  if (given === undefined) return current;
  if (given === '') return null;
  if (!call.world.site.racks.has(given)) throw refuse.field(field, invalidChoice);
  return given;
}

function requireDhcp(call: Call, vlan: Vlan, primaryRack: string | null): void {
  const { site } = call.world;
  const hasRange = [...site.ipRanges.values()].some(
    (range) => range.type === 'dynamic' && site.subnets.get(range.subnetId)?.vlanId === vlan.id,
  );
  if (!hasRange) {
    throw refuse.field('dhcp_on', 'dhcp can only be turned on when a dynamic IP range is defined.');
  }
  if (primaryRack === null) {
    throw refuse.field('dhcp_on', 'dhcp can only be turned on when a primary rack controller is set.');
  }
}

function relayOf(call: Call, vlan: Vlan, dhcpOn: boolean): number | null {
  const given = call.form.get('relay_vlan');
  if (given === undefined) return vlan.relayVlanId;
  if (given === '') return null;
  const relay = call.world.site.vlans.get(Number(given));
  const isUsable = relay !== undefined && relay.relayVlanId === null && relay.id !== vlan.id && !dhcpOn;
  if (!isUsable) throw refuse.field('relay_vlan', invalidChoice);
  return relay.id;
}
