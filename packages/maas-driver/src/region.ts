import type { Schema } from 'yup';
import type { MaasDriverConfig } from './driver-config.js';
import { MaasError, noFacts } from './http/maas-error.js';
import { readPowerAddresses, type PowerAddresses } from './find/power-addresses.js';
import { createMaasClient, type MaasClient } from './http/maas-client.js';
import { createSharedAct, type SharedAct } from './http/shared-act.js';
import { createShortLivedRead, type ShortLivedRead } from './http/short-lived-read.js';
import { defaultTimeLimits } from './http/time-limits.js';
import { readDocument } from './resources/read-document.js';
import {
  listOf,
  type FabricDocument,
  type RackDocument,
  type SubnetDocument,
  type TagDocument,
} from './resources/site-documents.js';

export interface SiteTopology {
  readonly fabrics: readonly FabricDocument[];
  readonly subnets: readonly SubnetDocument[];
}

export interface RegionSettings {
  readonly skipBmcConfig: boolean;
  readonly useNodeOobParameters: boolean;
  readonly commissionEnableSsh: boolean;
  readonly reportProgressMessages: boolean;
}

/** One MAAS: its client, our settings for it, and the reads that steps share for a few seconds. */
export interface Region {
  readonly name: string;
  /** Source of its observer. */
  readonly source: string;
  readonly settings: RegionSettings;
  readonly client: MaasClient;
  readonly powerAddresses: ShortLivedRead<PowerAddresses>;
  readonly rackPowerAddresses: ShortLivedRead<PowerAddresses>;
  readonly racks: ShortLivedRead<readonly RackDocument[]>;
  readonly topology: ShortLivedRead<SiteTopology>;
  readonly tags: ShortLivedRead<readonly TagDocument[]>;
  /** Creation of tags, by name. */
  readonly tagCreations: SharedAct;
  readonly domainNames: ShortLivedRead<readonly string[]>;
  /** Creation of domains, by name. */
  readonly domainCreations: SharedAct;
  /** Name of the API user. */
  readonly ownName: ShortLivedRead<string>;
}

const defaults = { maxConcurrentRequests: 8, sharedReadSeconds: 3 };

export function createRegion(config: MaasDriverConfig): Region {
  const client = createMaasClient({
    url: config.url,
    apiKey: config.apiKey,
    maxConcurrentRequests: config.maxConcurrentRequests ?? defaults.maxConcurrentRequests,
    timeLimits: { ...defaultTimeLimits, ...config.timeLimits },
    ...(config.onRequest === undefined ? {} : { onRequest: config.onRequest }),
  });
  return {
    name: config.name,
    source: `maas:${config.name}`,
    settings: settingsOf(config),
    client,
    tagCreations: createSharedAct(),
    domainCreations: createSharedAct(),
    ...sharedReads(client, (config.sharedReadSeconds ?? defaults.sharedReadSeconds) * 1000),
  };
}

function settingsOf(config: MaasDriverConfig): RegionSettings {
  return {
    skipBmcConfig: config.skipBmcConfig ?? false,
    useNodeOobParameters: config.useNodeOobParameters ?? false,
    commissionEnableSsh: config.commissionEnableSsh ?? false,
    reportProgressMessages: config.reportProgressMessages ?? false,
  };
}

function sharedReads(client: MaasClient, lifeMs: number) {
  const shared = <T>(read: (signal: AbortSignal) => Promise<T>) => createShortLivedRead(read, lifeMs);
  return {
    powerAddresses: shared((signal) => readPowerAddresses(client, 'machines', signal)),
    rackPowerAddresses: shared((signal) => readPowerAddresses(client, 'rackcontrollers', signal)),
    racks: shared((signal) => readList(client, 'rackcontrollers/', listOf.racks, signal)),
    topology: shared((signal) => readTopology(client, signal)),
    tags: shared((signal) => readList(client, 'tags/', listOf.tags, signal)),
    domainNames: shared(async (signal) =>
      (await readList(client, 'domains/', listOf.domains, signal)).map((domain) => domain.name),
    ),
    ownName: createShortLivedRead((signal) => readOwnName(client, signal), Infinity),
  };
}

/** Reads a whole collection of site-wide objects. @throws MaasError */
export async function readList<T>(
  client: MaasClient,
  path: string,
  schema: Schema<T>,
  signal: AbortSignal,
): Promise<T> {
  return readDocument(schema, await client.read({ path, limit: 'listSeconds' }, signal), `the list ${path}`);
}

export async function readTopology(client: MaasClient, signal: AbortSignal): Promise<SiteTopology> {
  const [fabrics, subnets] = await Promise.all([
    readList(client, 'fabrics/', listOf.fabrics, signal),
    readList(client, 'subnets/', listOf.subnets, signal),
  ]);
  return { fabrics, subnets };
}

async function readOwnName(client: MaasClient, signal: AbortSignal): Promise<string> {
  const answer = await client.read({ path: 'users/', query: { op: 'whoami' } }, signal);
  const name = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)['username'] : null;
  if (typeof name === 'string' && name !== '') return name;
  const message = `MAAS at ${client.baseUrl} does not say who we are (users/?op=whoami has no username); check what stands between us and MAAS`;
  throw new MaasError('protocol', message, noFacts);
}
