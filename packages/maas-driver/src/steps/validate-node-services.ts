import type { StepOutcome } from '@drydock/model';
import { isMaasError } from '../http/maas-error.js';
import { readList } from '../region.js';
import { listOf, type RackDocument } from '../resources/site-documents.js';
import { failed, notesOf, type StepCall } from './step-call.js';

/** Services that a rack controller needs to boot machines, and the states in which it can (reference 04 §4). */
const rackServices = ['http', 'dhcpd', 'rackd', 'tftp'] as const;
const healthyStates = new Set(['running', 'off']);

type Check = (call: StepCall) => Promise<readonly string[]>;

/** In this order; each gives what is wrong, in words for the user. All must pass (reference 04 §6.1, W-16). */
const checks: readonly Check[] = [checkVersion, checkAuthentication, checkImages, checkRacks];

export async function validateNodeServices(_input: Record<string, never>, call: StepCall): Promise<StepOutcome> {
  const problems: string[] = [];
  for (const check of checks) problems.push(...(await check(call)));
  if (problems.length === 0) return { kind: 'done', notes: notesOf(call) };
  return failed(call, 'unavailable', problems.join('; '));
}

async function checkVersion(call: StepCall): Promise<readonly string[]> {
  const answer = await call.region.client.read({ path: 'version/' }, call.context.signal);
  const version = (answer as { readonly version?: unknown } | null)?.version;
  call.notes.info(
    `MAAS ${typeof version === 'string' ? version : 'of unknown version'} at ${call.region.client.baseUrl} is reachable`,
  );
  return [];
}

async function checkAuthentication(call: StepCall): Promise<readonly string[]> {
  try {
    await call.region.client.read(
      { path: 'account/', query: { op: 'list_authorisation_tokens' } },
      call.context.signal,
    );
    call.notes.info('MAAS accepts the API key');
    return [];
  } catch (error) {
    if (isMaasError(error, 'authentication')) call.notes.error('MAAS refuses the API key');
    throw error;
  }
}

async function checkImages(call: StepCall): Promise<readonly string[]> {
  const { client } = call.region;
  const { signal } = call.context;
  const images = await readList(client, 'boot-resources/', listOf.bootResources, signal);
  const isImporting = await client.read({ path: 'boot-resources/', query: { op: 'is_importing' } }, signal);
  if (isImporting === true) return problem(call, 'MAAS is still importing boot images; wait until it has them');
  if (images.length === 0) return problem(call, 'MAAS has no boot images; import some');
  call.notes.info(`MAAS has ${new Set(images.map((image) => image.name)).size} boot images and is not importing`);
  return [];
}

async function checkRacks(call: StepCall): Promise<readonly string[]> {
  const racks = await readList(call.region.client, 'rackcontrollers/', listOf.racks, call.context.signal);
  if (racks.length === 0) return problem(call, 'no rack controller is registered with MAAS; register one');
  const sick = racks.filter((rack) => sickServices(rack).length > 0);
  for (const rack of racks) reportRack(call, rack);
  if (sick.length < racks.length) return [];
  const text = 'no rack controller of MAAS is healthy; see its services on the Controllers page';
  call.notes.about('cluster', 'maas').error(text);
  return [text];
}

function reportRack(call: StepCall, rack: RackDocument): void {
  const notes = call.notes.about('rack_ctlr', rack.hostname);
  const sick = sickServices(rack);
  if (sick.length === 0) notes.info(`rack controller ${rack.hostname} is healthy`);
  else notes.error(`rack controller ${rack.hostname} is not healthy: ${sick.join(', ')}`);
}

/** A service that is not listed counts as sick. */
export function sickServices(rack: RackDocument): readonly string[] {
  return rackServices.flatMap((name) => {
    const status = rack.service_set?.find((service) => service.name === name)?.status ?? 'missing';
    return healthyStates.has(status) ? [] : [`${name} ${status}`];
  });
}

function problem(call: StepCall, text: string): readonly string[] {
  call.notes.error(text);
  return [text];
}
