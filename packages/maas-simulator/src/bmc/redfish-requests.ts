import { applyPower, commandPower } from '../engine/power.js';
import { phaseDelay } from '../engine/timeline.js';
import type { Hardware } from '../world/hardware.js';
import type { World } from '../world/world.js';
import {
  bootTargets,
  collection,
  etagOf,
  redfishError,
  resetPath,
  resetTypes,
  serviceRoot,
  sessionsPath,
  systemDocument,
  systemPath,
  systemsCollection,
  type ResetType,
} from './redfish-documents.js';
import type { RedfishSessions } from './redfish-sessions.js';

/** One request at a BMC, decoded. */
export interface BmcCall {
  readonly world: World;
  readonly hardware: Hardware;
  readonly sessions: RedfishSessions;
  readonly method: string;
  /** Without a slash at the end. */
  readonly path: string;
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  /** What the request did, for the journal. */
  op: string | null;
}

export interface BmcReply {
  readonly statusCode: number;
  readonly document?: Record<string, unknown>;
  readonly headers?: Readonly<Record<string, string>>;
}

type BmcHandler = (call: BmcCall) => BmcReply;

/** Requests that need no session. */
export const openRequests: Readonly<Record<string, BmcHandler>> = {
  'GET /redfish': () => ok({ v1: '/redfish/v1/' }),
  'GET /redfish/v1': (call) => ok(serviceRoot(call.hardware.uuid)),
  [`POST ${sessionsPath}`]: login,
};

/** Requests that need a session or basic authentication. */
export const guardedRequests: Readonly<Record<string, BmcHandler>> = {
  'GET /redfish/v1/SessionService': () =>
    ok({
      '@odata.id': '/redfish/v1/SessionService',
      Id: 'SessionService',
      ServiceEnabled: true,
      Sessions: { '@odata.id': sessionsPath },
    }),
  [`GET ${sessionsPath}`]: (call) =>
    ok(
      collection(
        sessionsPath,
        'SessionCollection',
        call.sessions.ids().map((id) => `${sessionsPath}/${id}`),
      ),
    ),
  'GET /redfish/v1/Systems': () => ok(systemsCollection()),
  [`GET ${systemPath}`]: (call) => ok(systemDocument(call.hardware), { ETag: etagOf(call.hardware) }),
  [`PATCH ${systemPath}`]: setBoot,
  [`POST ${resetPath}`]: reset,
};

/** DELETE of a session, whose path holds its id. */
export function logout(call: BmcCall): BmcReply {
  call.op = 'logout';
  const id = call.path.slice(sessionsPath.length + 1);
  return call.sessions.close(id) ? { statusCode: 204 } : refusal(404, 'ResourceMissingAtURI', `no session ${id}`);
}

/** An answer that says no. */
export function refusal(statusCode: number, code: string, message: string): BmcReply {
  return { statusCode, document: redfishError(code, message) };
}

function ok(document: Record<string, unknown>, headers: Readonly<Record<string, string>> = {}): BmcReply {
  return { statusCode: 200, document, headers };
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

/** True for the account of this BMC. */
export function isAccount(hardware: Hardware, username: unknown, password: unknown): boolean {
  const { bmc } = hardware.spec;
  return username === (bmc.username ?? 'admin') && password === (bmc.password ?? 'admin');
}

function login(call: BmcCall): BmcReply {
  call.op = 'login';
  if (!isAccount(call.hardware, field(call.body, 'UserName'), field(call.body, 'Password'))) {
    return refusal(401, 'InsufficientPrivilege', 'the user name or the password is wrong');
  }
  const session = call.sessions.open();
  if (session === undefined) return refusal(503, 'SessionLimitExceeded', 'the session table is full');
  const location = `${sessionsPath}/${session.id}`;
  return {
    statusCode: 201,
    document: { '@odata.id': location, '@odata.type': '#Session.v1_3_0.Session', Id: session.id, Name: 'User Session' },
    headers: { 'X-Auth-Token': session.token, Location: location },
  };
}

/** PATCH of the system: only the boot override can be changed. */
function setBoot(call: BmcCall): BmcReply {
  call.op = 'set_boot';
  const { hardware } = call;
  if (call.ifMatch !== undefined && call.ifMatch !== '*' && call.ifMatch !== etagOf(hardware)) {
    return refusal(412, 'PreconditionFailed', 'the system has changed since it was read');
  }
  const boot = field(call.body, 'Boot');
  const target = field(boot, 'BootSourceOverrideTarget') ?? hardware.bootOverride;
  const enabled = field(boot, 'BootSourceOverrideEnabled') ?? 'Once';
  const knownTarget = bootTargets.find((candidate) => candidate === target);
  const knownEnabled = (['Disabled', 'Once', 'Continuous'] as const).find((candidate) => candidate === enabled);
  if (boot === undefined) return refusal(400, 'PropertyNotWritable', 'only Boot can be changed');
  if (knownTarget === undefined || knownEnabled === undefined) {
    return refusal(400, 'PropertyValueNotInList', `Boot ${JSON.stringify(boot)} is not allowed`);
  }
  hardware.bootOverride = knownEnabled === 'Disabled' ? 'None' : knownTarget;
  hardware.bootOverrideEnabled = knownEnabled;
  hardware.revision++;
  return ok(systemDocument(hardware), { ETag: etagOf(hardware) });
}

const resetActions: Readonly<Record<ResetType, 'on' | 'off' | 'cycle' | 'push'>> = {
  On: 'on',
  ForceOn: 'on',
  ForceOff: 'off',
  GracefulShutdown: 'off',
  GracefulRestart: 'cycle',
  ForceRestart: 'cycle',
  PowerCycle: 'cycle',
  PushPowerButton: 'push',
};

/** Answers at once; the power state follows when the virtual time of a power command has passed. */
function reset(call: BmcCall): BmcReply {
  const given = field(call.body, 'ResetType');
  const type = resetTypes.find((candidate) => candidate === given);
  call.op = `reset:${String(given)}`;
  if (type === undefined) {
    return refusal(400, 'ActionParameterValueNotInList', `ResetType ${String(given)} is not allowed`);
  }
  const { world, hardware } = call;
  const wanted = resetActions[type];
  const action = wanted === 'push' ? (hardware.isPoweredOn ? 'off' : 'on') : wanted;
  if (world.clock.isInstant || phaseDelay(hardware, 'power.command') === 0) applyPower(world, hardware, action);
  else void commandPower(world, hardware, action);
  return { statusCode: 204 };
}
