import { array, mixed, number, object, string } from 'yup';
import type { BondParameters, FoundInterface, FoundNetwork } from '../diff/network-model.js';
import type { MachineDocument } from './machine-document.js';
import { readDocument } from './read-document.js';

const interfaceSchema = object({
  id: number().integer().required(),
  name: string().required(),
  type: string().required(),
  vlan: object({ id: number().integer().required() }).nullable().defined(),
  effective_mtu: number().nullable().optional(),
  parents: array(string().required()).optional(),
  params: mixed<Readonly<Record<string, unknown>> | string>().nullable().optional(),
  links: array(
    object({
      id: number().integer().required(),
      mode: string().required(),
      ip_address: string().nullable().optional(),
      subnet: object({ id: number().integer().required() }).nullable().optional(),
    }),
  ).required(),
});
const interfacesSchema = array(interfaceSchema.required()).required();

/** An interface as MAAS answers it. */
export function readInterface(document: unknown): FoundInterface {
  return interfaceOf(readDocument(interfaceSchema, document, 'an interface'));
}

/** The network part of a machine. */
export function readNetwork(machine: MachineDocument): FoundNetwork {
  const interfaces = readDocument(interfacesSchema, machine.interface_set, `the interfaces of ${machine.system_id}`);
  return { interfaces: interfaces.map(interfaceOf), gatewayLinkIds: gatewayLinkIdsOf(machine.default_gateways) };
}

type InterfaceDocument = ReturnType<typeof interfaceSchema.validateSync>;

const defaultMtu = 1500;

function interfaceOf(nic: InterfaceDocument): FoundInterface {
  return {
    id: nic.id,
    name: nic.name,
    type: nic.type,
    vlanId: nic.vlan?.id ?? null,
    mtu: nic.effective_mtu ?? defaultMtu,
    parents: nic.parents ?? [],
    links: nic.links.map((link) => ({
      id: link.id,
      mode: link.mode.toLowerCase(),
      subnetId: link.subnet?.id ?? null,
      address: link.ip_address || null,
    })),
    bond: nic.type === 'bond' ? bondOf(nic.params) : null,
  };
}

/** `params` is an empty text when there are none. */
function bondOf(params: unknown): BondParameters {
  const values = (typeof params === 'object' && params !== null ? params : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  const count = (name: string) => (typeof values[name] === 'number' ? values[name] : null);
  return {
    mode: text('bond_mode') ?? '',
    hash: text('bond_xmit_hash_policy'),
    lacpRate: text('bond_lacp_rate'),
    monitorMilliseconds: count('bond_miimon'),
    upDelayMilliseconds: count('bond_updelay'),
    downDelayMilliseconds: count('bond_downdelay'),
  };
}

function gatewayLinkIdsOf(gateways: unknown): readonly number[] {
  if (typeof gateways !== 'object' || gateways === null) return [];
  return Object.values(gateways as Record<string, { readonly link_id?: number | null } | null>).flatMap((gateway) =>
    typeof gateway?.link_id === 'number' ? [gateway.link_id] : [],
  );
}
