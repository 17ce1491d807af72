import type { Effect, NodeInput, StepOutcome } from '@drydock/model';
import { planIdentity, powerWish, type MachineIdentity, type PowerWish } from '../diff/plan-identity.js';
import { readMachine, type MachineDocument } from '../resources/machine-document.js';
import { createOnce, type SiteWideThing } from './create-once.js';
import { failed, type StepCall } from './step-call.js';

export const identityEffect = 'set_identity';

export type Identified =
  { readonly machine: MachineDocument; readonly changed: boolean } | { readonly outcome: StepOutcome };

/** Gives the machine the node's host name and domain, and the design's power settings where it dictates them. */
export async function ensureIdentity(call: StepCall, input: NodeInput, machine: MachineDocument): Promise<Identified> {
  const wish = powerWish(input, call.region.settings.useNodeOobParameters);
  const fields = await planFor(call, input, { machine, wish });
  if (Object.keys(fields).length === 0) return { machine, changed: false };
  if (fields['domain'] !== undefined) await ensureDomain(call, fields['domain']);
  const answer = await call.writer.write({
    method: 'PUT',
    path: `machines/${machine.system_id}/`,
    fields,
    effect: { kind: identityEffect, systemId: machine.system_id, hostname: input.node.name, domain: input.node.domain },
  });
  const named = readMachine(answer);
  const left = Object.keys(planIdentity(identityOf(named, null), { ...wantedOf(input), power: null }));
  if (left.length === 0) return { machine: named, changed: true };
  const reason = `machine ${machine.system_id} does not keep its ${left.join(' and ')}: wanted ${input.node.name}.${input.node.domain}, got ${named.hostname}.${named.domain?.name ?? ''}`;
  return { outcome: failed(call, 'not_verified', reason) };
}

/** Whether the machine shows the announced name; power settings are compared anew in any case. */
export function isIdentityVisible(effect: Effect, machine: MachineDocument): boolean {
  if (effect.kind !== identityEffect) return false;
  return machine.hostname === effect['hostname'] && machine.domain?.name === effect['domain'];
}

interface Subject {
  readonly machine: MachineDocument;
  readonly wish: PowerWish | null;
}

async function planFor(call: StepCall, input: NodeInput, subject: Subject): Promise<Readonly<Record<string, string>>> {
  const parameters = subject.wish === null ? null : await readPowerParameters(call, subject.machine.system_id);
  return planIdentity(identityOf(subject.machine, parameters), { ...wantedOf(input), power: subject.wish });
}

function wantedOf(input: NodeInput): { readonly hostname: string; readonly domain: string } {
  return { hostname: input.node.name, domain: input.node.domain };
}

function identityOf(
  machine: MachineDocument,
  powerParameters: Readonly<Record<string, string>> | null,
): MachineIdentity {
  return {
    hostname: machine.hostname,
    domain: machine.domain?.name ?? null,
    powerType: machine.power_type ?? '',
    powerParameters,
  };
}

/** Holds a password: compared, never kept, never logged. */
async function readPowerParameters(call: StepCall, systemId: string): Promise<Readonly<Record<string, string>>> {
  const request = { path: `machines/${systemId}/`, query: { op: 'power_parameters' } };
  const answer = await call.region.client.read(request, call.context.signal);
  const entries = Object.entries((answer ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** MAAS refuses a domain that it does not have. */
async function ensureDomain(call: StepCall, name: string): Promise<void> {
  const { client, domainNames, domainCreations } = call.region;
  const thing: SiteWideThing = {
    name,
    isThere: async (signal) => (await domainNames.get(signal)).includes(name),
    create: async (signal) => {
      await client.write({ method: 'POST', path: 'domains/', fields: { name, authoritative: false } }, signal);
      domainNames.amend((names) => [...names, name]);
    },
    forget: () => domainNames.forget(),
  };
  await createOnce(domainCreations, thing, call.context.signal);
}
