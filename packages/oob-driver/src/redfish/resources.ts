import { array, object, string, ValidationError, type InferType, type Schema } from 'yup';
import type { BmcEndpoint } from './bmc-endpoint.js';
import { bmcUnavailable } from './bmc-unavailable.js';

const link = object({ '@odata.id': string().optional() }).nullable();
const texts = array(string().defined()).nullable();

const serviceRootSchema = object({ Systems: link, Links: object({ Sessions: link }).nullable() });

const collectionSchema = object({ Members: array(object({ '@odata.id': string().required() })).required() });

const systemSchema = object({
  '@odata.etag': string().nullable(),
  Id: string().nullable(),
  Name: string().nullable(),
  UUID: string().nullable(),
  PowerState: string().nullable(),
  Boot: object({
    BootSourceOverrideEnabled: string().nullable(),
    BootSourceOverrideTarget: string().nullable(),
    BootSourceOverrideMode: string().nullable(),
    'BootSourceOverrideTarget@Redfish.AllowableValues': texts,
  }).nullable(),
  Actions: object({
    '#ComputerSystem.Reset': object({
      target: string().nullable(),
      'ResetType@Redfish.AllowableValues': texts,
      '@Redfish.ActionInfo': string().nullable(),
    }).nullable(),
  }).nullable(),
});

const actionInfoSchema = object({
  Parameters: array(object({ Name: string().nullable(), AllowableValues: texts })).nullable(),
});

export interface ServiceRoot {
  readonly systemsLink: string | null;
  readonly sessionsLink: string | null;
}

export interface SystemResource {
  /** `On Off PoweringOn PoweringOff Paused …`, or `Unknown`. */
  readonly powerState: string;
  /** Id, name and UUID. */
  readonly names: readonly string[];
  readonly boot: {
    readonly enabled: string | null;
    readonly target: string | null;
    readonly mode: string | null;
    /** Null: the BMC does not say. */
    readonly allowableTargets: readonly string[] | null;
  };
  readonly reset: {
    readonly link: string | null;
    readonly allowableTypes: readonly string[] | null;
    /** Where the allowable types stand when they are not here. */
    readonly infoLink: string | null;
  };
  readonly etag: string | null;
}

export function parseServiceRoot(body: unknown, endpoint: BmcEndpoint): ServiceRoot {
  const root = parse(serviceRootSchema, body, endpoint);
  return {
    systemsLink: root.Systems?.['@odata.id'] ?? null,
    sessionsLink: root.Links?.Sessions?.['@odata.id'] ?? null,
  };
}

export function parseMembers(body: unknown, endpoint: BmcEndpoint): readonly string[] {
  return parse(collectionSchema, body, endpoint).Members.map((member) => member['@odata.id']);
}

export function parseSystem(body: unknown, endpoint: BmcEndpoint): SystemResource {
  const system: InferType<typeof systemSchema> = parse(systemSchema, body, endpoint);
  const reset = system.Actions?.['#ComputerSystem.Reset'];
  return {
    powerState: system.PowerState ?? 'Unknown',
    names: [system.Id, system.Name, system.UUID].filter((name) => typeof name === 'string'),
    boot: {
      enabled: system.Boot?.BootSourceOverrideEnabled ?? null,
      target: system.Boot?.BootSourceOverrideTarget ?? null,
      mode: system.Boot?.BootSourceOverrideMode ?? null,
      allowableTargets: system.Boot?.['BootSourceOverrideTarget@Redfish.AllowableValues'] ?? null,
    },
    reset: {
      link: reset?.target ?? null,
      allowableTypes: reset?.['ResetType@Redfish.AllowableValues'] ?? null,
      infoLink: reset?.['@Redfish.ActionInfo'] ?? null,
    },
    etag: system['@odata.etag'] ?? null,
  };
}

export function parseResetTypes(body: unknown, endpoint: BmcEndpoint): readonly string[] | null {
  const { Parameters } = parse(actionInfoSchema, body, endpoint);
  return Parameters?.find((parameter) => parameter.Name === 'ResetType')?.AllowableValues ?? null;
}

function parse<Result>(schema: Schema<Result>, body: unknown, endpoint: BmcEndpoint): Result {
  try {
    return schema.validateSync(body ?? undefined, { abortEarly: false });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw bmcUnavailable(endpoint, `its answer is not the Redfish that is expected (${error.errors.join('; ')})`);
  }
}
