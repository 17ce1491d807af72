import type { CreateNetworkTemplateInput, Focus, StepOutcome } from '@drydock/model';
import { planTopology } from '../diff/plan-topology.js';
import type { FoundTopology, TopologyChange, TopologyProblem } from '../diff/topology-model.js';
import { isMaasError } from '../http/maas-error.js';
import { readList, readTopology } from '../region.js';
import { listOf } from '../resources/site-documents.js';
import { done, failed, notesOf, type StepCall } from './step-call.js';
import { sickServices } from './validate-node-services.js';

/** Fabrics, VLANs, subnets, ranges, two for DHCP, routes; and room for one that others disturb. */
const maximumRounds = 12;

/** Makes MAAS's fabrics, VLANs, subnets, ranges, DHCP and routes those of the design. */
export async function createNetworkTemplate(input: CreateNetworkTemplateInput, call: StepCall): Promise<StepOutcome> {
  if (input.links.length === 0) return done(call, 'the design has no network links');
  const problems: TopologyProblem[] = [];
  const refused = new Set<string>();
  let count = 0;
  for (let round = 0; round < maximumRounds; round += 1) {
    const plan = planTopology(await findTopology(call), input);
    const changes = distinct(plan.changes).filter((change) => !refused.has(keyOf(change)));
    if (changes.length === 0) {
      const unplanned = plan.changes.map(({ subject }) => subject.name);
      call.notes.info(count === 0 ? 'networks are already configured' : `${count} network changes are made`);
      return finish(input, call, { problems: [...problems, ...plan.problems], unplanned });
    }
    for (const change of changes) await applyChange(call, change, { problems, refused });
    count += changes.length;
  }
  const left = planTopology(await findTopology(call), input).changes.map(({ text }) => text);
  return failed(
    call,
    'not_verified',
    `networks are not as written, these come back: ${left.join(' | ')}; look who else changes them in MAAS`,
  );
}

interface Refusals {
  readonly problems: TopologyProblem[];
  readonly refused: Set<string>;
}

async function applyChange(call: StepCall, change: TopologyChange, refusals: Refusals): Promise<void> {
  const { method, path, fields, subject, text } = change;
  const notes = call.notes.about(subject.contextType, subject.name);
  try {
    await call.region.client.write({ method, path, fields }, call.context.signal);
    notes.info(text);
  } catch (error) {
    // The other networks are configured all the same.
    if (!isMaasError(error, 'validation')) throw error;
    refusals.refused.add(keyOf(change));
    refusals.problems.push({ subject, text: `MAAS refuses to ${text}: ${error.facts.text}` });
  } finally {
    call.region.topology.forget();
    call.region.domainNames.forget();
  }
}

function finish(
  input: CreateNetworkTemplateInput,
  call: StepCall,
  found: { readonly problems: readonly TopologyProblem[]; readonly unplanned: readonly string[] },
): StepOutcome {
  for (const { subject, text } of found.problems) call.notes.about(subject.contextType, subject.name).error(text);
  const bad = new Set([...found.problems.map(({ subject }) => subject.name), ...found.unplanned]);
  const focus = focusOf(input, bad);
  const notes = notesOf(call);
  if (found.problems.length === 0) return { kind: 'done', notes, focus };
  const reason = found.problems.map(({ text }) => text).join('; ');
  return { ...failed(call, 'invalid_design', reason), notes, focus };
}

/** A network fails with its link. */
function focusOf(input: CreateNetworkTemplateInput, bad: ReadonlySet<string>): readonly Focus[] {
  const links = input.links.filter((link) => !link.isUnconfigured);
  const configured = input.networks.filter(
    (network) => !network.isUnconfigured && links.some((link) => link.allowedNetworks.includes(network.name)),
  );
  return configured.map(({ name }) => {
    const own = links.filter((link) => link.allowedNetworks.includes(name));
    return { name, isOk: !bad.has(name) && !own.some((link) => bad.has(link.name)) };
  });
}

async function findTopology(call: StepCall): Promise<FoundTopology> {
  const { client } = call.region;
  const { signal } = call.context;
  const [{ fabrics, subnets }, ranges, routes, domains, racks] = await Promise.all([
    readTopology(client, signal),
    readList(client, 'ipranges/', listOf.ipRanges, signal),
    readList(client, 'static-routes/', listOf.staticRoutes, signal),
    readList(client, 'domains/', listOf.domains, signal),
    readList(client, 'rackcontrollers/', listOf.racks, signal),
  ]);
  return {
    fabrics,
    subnets,
    ranges,
    routes,
    domainNames: domains.map(({ name }) => name),
    racks: racks.filter((rack) => sickServices(rack).length === 0),
  };
}

/** Networks share domains. */
function distinct(changes: readonly TopologyChange[]): readonly TopologyChange[] {
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

function keyOf(change: TopologyChange): string {
  return JSON.stringify([change.method, change.path, change.fields]);
}
