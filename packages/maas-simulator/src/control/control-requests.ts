import { array, boolean, number, object, string } from 'yup';
import { applyPower, PowerFailure, requireInterlock } from '../engine/power.js';
import type { JournalFilter } from '../journal/journal-entry.js';
import { bootResourcesOf } from '../world/initial-site.js';
import type { Hardware } from '../world/hardware.js';
import { checkControl, ControlRefusal, parseFaults, parseFleet, parseMachines, parseRacks } from './fleet-schema.js';
import { hardwareState } from './hardware-state.js';
import { machineState } from './machine-state.js';
import type { Stage } from './stage.js';

export interface ControlCall {
  readonly stage: Stage;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly run: (call: ControlCall) => unknown;
}

/** Every request of the control API. */
export const controlRequests: readonly ControlRequest[] = [
  { method: 'GET', path: '_sim/fleet', run: fleetView },
  { method: 'POST', path: '_sim/fleet', run: postFleet },
  { method: 'POST', path: '_sim/fleet/machines', run: addMachines },
  { method: 'PUT', path: '_sim/fleet/machines/:name/faults', run: setFaults },
  { method: 'POST', path: '_sim/fleet/machines/:name/power', run: pressPower },
  { method: 'POST', path: '_sim/racks', run: (call) => call.stage.addRacks(parseRacks(call.body)) },
  { method: 'GET', path: '_sim/machines', run: listMachines },
  { method: 'GET', path: '_sim/machines/:name', run: (call) => machineState(call.stage.world, hardwareOf(call)) },
  { method: 'GET', path: '_sim/requests', run: (call) => call.stage.journal.counts() },
  { method: 'GET', path: '_sim/journal', run: (call) => call.stage.journal.select(journalFilter(call.query)) },
  { method: 'GET', path: '_sim/clock', run: clockView },
  { method: 'POST', path: '_sim/clock', run: setClock },
  { method: 'POST', path: '_sim/settings', run: setSettings },
  { method: 'POST', path: '_sim/reset', run: reset },
  { method: 'GET', path: '_sim/health', run: () => ({ status: 'ok' }) },
];

function fleetView(call: ControlCall): unknown {
  return [...call.stage.world.fleet.values()].map(hardwareState);
}

async function postFleet(call: ControlCall): Promise<unknown> {
  await call.stage.replaceFleet(parseFleet(call.body));
  return fleetView(call);
}

async function addMachines(call: ControlCall): Promise<unknown> {
  await call.stage.addMachines(parseMachines(call.body));
  return fleetView(call);
}

function hardwareOf(call: ControlCall): Hardware {
  const name = call.params['name'] ?? '';
  const hardware = call.stage.world.fleet.get(name);
  if (hardware === undefined) throw new ControlRefusal(404, `there is no machine ${name} in the fleet`);
  return hardware;
}

function setFaults(call: ControlCall): unknown {
  call.stage.setFaults(call.params['name'] ?? '', parseFaults(call.body ?? {}));
  return hardwareState(hardwareOf(call));
}

const powerRequest = object({
  state: string()
    .oneOf(['on', 'off', 'cycle'] as const)
    .required(),
  boot: string().oneOf(['pxe', 'disk'] as const),
}).noUnknown();

function pressPower(call: ControlCall): unknown {
  const hardware = hardwareOf(call);
  const { state, boot } = checkControl(powerRequest, call.body);
  if (boot !== undefined) {
    hardware.bootOverride = boot === 'pxe' ? 'Pxe' : 'None';
    hardware.bootOverrideEnabled = boot === 'pxe' ? 'Once' : 'Disabled';
  }
  requireQuiet(call, hardware);
  applyPower(call.stage.world, hardware, state);
  return hardwareState(hardware);
}

/** An IPMI BMC has no wire here, so this request stands for the other controller of the 5 s interlock. */
function requireQuiet(call: ControlCall, hardware: Hardware): void {
  try {
    requireInterlock(call.stage.world, hardware, 'hand');
  } catch (error) {
    if (error instanceof PowerFailure) throw new ControlRefusal(409, error.message);
    throw error;
  }
}

function listMachines(call: ControlCall): unknown {
  const { world } = call.stage;
  return [...world.fleet.values()].map((hardware) => machineState(world, hardware));
}

function journalFilter(query: URLSearchParams): JournalFilter {
  const text = (name: string) => (query.has(name) ? { [name]: query.get(name) ?? '' } : {});
  const count = (name: string) => {
    const value = query.get(name);
    if (value === null) return {};
    if (!/^\d+$/.test(value)) throw new ControlRefusal(400, `${name} must be a whole number, got ${value}`);
    return { [name]: Number(value) };
  };
  const source = query.get('source');
  if (source !== null && source !== 'maas' && source !== 'bmc') {
    throw new ControlRefusal(400, `source must be maas or bmc, got ${source}`);
  }
  const accepted = query.get('accepted');
  if (accepted !== null && accepted !== 'true' && accepted !== 'false') {
    throw new ControlRefusal(400, `accepted must be true or false, got ${accepted}`);
  }
  return {
    ...count('since'),
    ...count('limit'),
    ...(source === null ? {} : { source }),
    ...(accepted === null ? {} : { accepted: accepted === 'true' }),
    ...text('machine'),
    ...text('objectId'),
    ...text('method'),
    ...text('op'),
    ...text('path'),
  };
}

function clockView(call: ControlCall): unknown {
  const { clock } = call.stage.world;
  return { scale: clock.scale, nowSeconds: clock.nowSeconds() };
}

const clockRequest = object({ scale: number().min(0), advanceSeconds: number().min(0) }).noUnknown();

function setClock(call: ControlCall): unknown {
  const { scale, advanceSeconds } = checkControl(clockRequest, call.body);
  const { clock } = call.stage.world;
  if (scale !== undefined) clock.setScale(scale);
  if (advanceSeconds !== undefined) clock.advance(advanceSeconds);
  return clockView(call);
}

const settingsRequest = object({
  importing: boolean(),
  images: array(object({ release: string().required(), kernels: array(string().required()).required() }).noUnknown()),
}).noUnknown();

function setSettings(call: ControlCall): unknown {
  const { importing, images } = checkControl(settingsRequest, call.body);
  const { site } = call.stage.world;
  if (importing !== undefined) site.isImporting = importing;
  if (images !== undefined) site.bootResources = bootResourcesOf(images);
  return { importing: site.isImporting, images: site.bootResources };
}

const resetRequest = object({ seed: number().integer(), journal: boolean() }).noUnknown();

async function reset(call: ControlCall): Promise<void> {
  const { seed, journal } = checkControl(resetRequest, call.body ?? {});
  await call.stage.reset(seed);
  if (journal === true) call.stage.journal.clear();
}
