import type { NetworkInterface } from '../world/machine.js';
import type { Form } from './form.js';
import { refuse } from './refusal.js';

const choices: Readonly<Record<string, readonly string[]>> = {
  bond_mode: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'],
  bond_lacp_rate: ['slow', 'fast'],
  bond_xmit_hash_policy: ['layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4'],
};

const numbers = ['bond_miimon', 'bond_downdelay', 'bond_updelay', 'bond_num_grat_arp'];

/** Parameters of a bond: those given, over those it had or has by default. */
export function bondParameters(form: Form, current: NetworkInterface['params']): NetworkInterface['params'] {
  const params = { ...current };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = form.get(name) ?? '';
    if (value === '') continue;
    if (!allowed.includes(value)) {
      throw refuse.field(name, `Select a valid choice. ${value} is not one of the available choices.`);
    }
    params[name] = value;
  }
  for (const name of numbers) {
    const value = form.integer(name);
    if (value === undefined) continue;
    if (value < 0) throw refuse.field(name, 'Ensure this value is greater than or equal to 0.');
    params[name] = value;
  }
  return { ...params, ...mtuParameter(form) };
}

/** `mtu` when given. */
export function mtuParameter(form: Form): NetworkInterface['params'] {
  const mtu = form.integer('mtu');
  if (mtu === undefined) return {};
  if (mtu < 552) throw refuse.field('mtu', 'Ensure this value is greater than or equal to 552.');
  if (mtu > 65_535) throw refuse.field('mtu', 'Ensure this value is less than or equal to 65535.');
  return { mtu };
}
