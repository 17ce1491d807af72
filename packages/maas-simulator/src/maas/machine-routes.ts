import { forgetExpiry } from '../engine/status-moves.js';
import { abort, commission, deploy, release } from '../engine/operations.js';
import { restoreNetwork } from '../engine/initial-network.js';
import { clearStorage } from '../storage/layouts.js';
import { machineText } from '../views/machine-view.js';
import { details } from '../views/details.js';
import type { Machine } from '../world/machine.js';
import { hardwareOf } from '../world/world.js';
import { allocate } from './allocate.js';
import {
  admins,
  json,
  jsonText,
  noContent,
  users,
  anyone,
  type Call,
  type Handler,
  type Reply,
  type Route,
} from './call.js';
import { createMachine } from './create-machine.js';
import { filterMachines } from './machine-filters.js';
import { machineOf, machineToChange, requireStatus } from './machine-lookup.js';
import { updateMachine } from './update-machine.js';
import { setStorageLayout } from './storage-layout-request.js';
import { setAnnotations } from './annotations.js';
import { parseCommission, parseDeploy, parseErase } from './operation-requests.js';
import { powerRequest } from './power-requests.js';
import { applyDefaultStorage } from '../storage/default-storage.js';
import { refuse } from './refusal.js';

/** Machines and what is done to them as a whole (05 §4.2). */
export const machineRoutes: readonly Route[] = [
  {
    path: 'machines/',
    endpoints: {
      GET: users(list),
      POST: anyone((call) => shown(call, createMachine(call))),
      'GET list_allocated': users(listAllocated),
      'GET power_parameters': admins(listPowerParameters),
      'POST allocate': users((call) => shown(call, allocate(call))),
    },
  },
  {
    path: 'machines/:systemId/',
    endpoints: {
      GET: users((call) => shown(call, machineOf(call))),
      PUT: admins((call) => shown(call, updateMachine(call))),
      DELETE: admins(remove),
      'POST commission': admins(async (call) => shown(call, await commission(call.world, ...parseCommission(call)))),
      'POST deploy': users(async (call) => shown(call, await deploy(call.world, ...parseDeploy(call)))),
      'POST release': users(async (call) => shown(call, await release(call.world, ...parseErase(call)))),
      'POST abort': users((call) => shown(call, abort(call.world, machineToChange(call)))),
      'POST set_storage_layout': admins((call) => shown(call, setStorageLayout(call))),
      'POST restore_networking_configuration': admins(restoring(restoreNetworkOf)),
      'POST restore_storage_configuration': admins(restoring(restoreStorageOf)),
      'POST restore_default_configuration': admins(
        restoring((call, machine) => {
          restoreStorageOf(call, machine);
          restoreNetworkOf(call, machine);
        }),
      ),
      'POST clear_default_gateways': admins(clearGateways),
      'POST set_workload_annotations': users((call) => shown(call, setAnnotations(call))),
      'POST set_owner_data': users((call) => shown(call, setAnnotations(call))),
      'GET details': users((call) => details(call.world, machineOf(call))),
      'GET power_parameters': admins((call) => json(machineOf(call).powerParameters)),
      'GET query_power_state': users(queryPower),
      'POST power_on': users((call) => powerRequest(call, 'on')),
      'POST power_off': users((call) => powerRequest(call, 'off')),
      'POST lock': users((call) => lock(call, true)),
      'POST unlock': users((call) => lock(call, false)),
    },
  },
];

function shown(call: Call, machine: Machine): Reply {
  call.objectId = machine.systemId;
  return jsonText(machineText(call.world, machine));
}

function list(call: Call): Reply {
  const machines = filterMachines(call.world, call.query);
  return jsonText(`[${machines.map((machine) => machineText(call.world, machine)).join(',')}]`);
}

function listAllocated(call: Call): Reply {
  const owned = filterMachines(call.world, call.query).filter((machine) => machine.owner === call.user.username);
  return jsonText(`[${owned.map((machine) => machineText(call.world, machine)).join(',')}]`);
}

function listPowerParameters(call: Call): Reply {
  const ids = call.query.all('id');
  const machines = [...call.world.machines.values()].filter(
    ({ systemId }) => ids.length === 0 || ids.includes(systemId),
  );
  return json(Object.fromEntries(machines.map((machine) => [machine.systemId, machine.powerParameters])));
}

/** The row goes; the metal stays as it is and enlists anew when it boots from the network. */
function remove(call: Call): Reply {
  const machine = machineToChange(call);
  const { world } = call;
  forgetExpiry(machine);
  world.machines.delete(machine.systemId);
  if (machine.hardwareName !== null) world.formerNames.set(machine.systemId, machine.hardwareName);
  for (const tag of world.site.tags.values()) tag.members.delete(machine.systemId);
  const hardware = hardwareOf(world, machine);
  if (hardware?.systemId === machine.systemId) hardware.systemId = null;
  return noContent;
}

function restoring(restore: (call: Call, machine: Machine) => void): Handler {
  return (call) => {
    const machine = machineToChange(call);
    const what = call.op === 'restore_networking_configuration' ? 'networking' : 'storage';
    requireStatus(
      machine,
      'restoreConfiguration',
      `Machine must be in a ready or failed testing state to restore ${what} configuration`,
    );
    restore(call, machine);
    return shown(call, machine);
  };
}

function restoreNetworkOf(call: Call, machine: Machine): void {
  restoreNetwork(call.world, machine);
}

function restoreStorageOf(call: Call, machine: Machine): void {
  clearStorage(machine);
  applyDefaultStorage(call.world, machine);
}

function clearGateways(call: Call): Reply {
  const machine = machineToChange(call);
  machine.gatewayLinkId = null;
  return shown(call, machine);
}

function queryPower(call: Call): Reply {
  const machine = machineOf(call);
  const hardware = hardwareOf(call.world, machine);
  if (hardware?.faults.bmcDown === true) {
    throw refuse.text(503, `Unable to query the power state: BMC ${hardware.spec.bmc.address} does not answer`);
  }
  if (machine.powerType === 'manual' || hardware === undefined) return json({ state: 'unknown' });
  return json({ state: hardware.isPoweredOn ? 'on' : 'off' });
}

function lock(call: Call, isLocked: boolean): Reply {
  const machine = machineOf(call);
  if (!call.user.isSuperuser && machine.owner !== call.user.username) throw refuse.text(403, '');
  if (isLocked && machine.status !== 6 && machine.status !== 9) {
    throw refuse.state("Can't lock, node is not deployed or deploying");
  }
  if (machine.locked === isLocked) throw refuse.state(isLocked ? 'Node is already locked' : 'Node is already unlocked');
  machine.locked = isLocked;
  machine.revision++;
  return shown(call, machine);
}
