import { machineText } from '../views/machine-view.js';
import { resultRows, scriptSetView } from '../views/script-views.js';
import type { Machine } from '../world/machine.js';
import { resultTypes, type ResultType, type ScriptSet } from '../world/script-set.js';
import { anyone, json, jsonText, users, type Call, type Reply, type Route } from './call.js';
import { filterMachines, requireMac } from './machine-filters.js';
import { machineOf } from './machine-lookup.js';
import { refuse } from './refusal.js';

const currentNames: Readonly<Record<string, ResultType>> = {
  'current-commissioning': 'commissioning',
  'current-testing': 'testing',
  'current-installation': 'installation',
};

/** Results of scripts, and nodes of every kind (05 §4.3, §10.1). */
export const resultRoutes: readonly Route[] = [
  { path: 'commissioning-results/', endpoints: { GET: users(rows) } },
  { path: 'installation-results/', endpoints: { GET: users(rows) } },
  { path: 'nodes/:systemId/results/', endpoints: { GET: users(listSets) } },
  { path: 'nodes/:systemId/results/:id/', endpoints: { GET: users(readSet) } },
  { path: 'nodes/', endpoints: { GET: users(listNodes), 'GET is_registered': anyone(isRegistered) } },
  { path: 'nodes/:systemId/', endpoints: { GET: users(readNode) } },
];

/** Without a filter this answers for the whole site; release results are never listed. */
function rows(call: Call): Reply {
  const { query, world } = call;
  const ids = query.all('system_id');
  const machines = ids.length === 0 ? [...world.machines.values()] : ids.flatMap((id) => world.machines.get(id) ?? []);
  const type = query.has('result_type') ? requireType(query.get('result_type') ?? '') : undefined;
  const names = query.all('name');
  const found = machines
    .flatMap((machine) => setsOf(machine, type).map((set) => ({ machine, set })))
    .filter(({ set }) => set.type !== 'release')
    .flatMap(({ machine, set }) => resultRows(world, machine, set))
    .filter((row) => names.length === 0 || names.includes(String(row['name'])));
  return json(found);
}

function requireType(text: string): ResultType {
  const entry = Object.entries(resultTypes).find(([name, number]) => name === text || String(number) === text);
  if (entry === undefined) throw refuse.text(400, `Unknown script type "${text}"`);
  return entry[0] as ResultType;
}

function setsOf(machine: Machine, type: ResultType | undefined): ScriptSet[] {
  return machine.scriptSets.filter((set) => type === undefined || set.type === type);
}

function listSets(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  const { query } = call;
  const type = query.has('type') ? requireType(query.get('type') ?? '') : undefined;
  const withOutput = query.strictBoolean('include_output') ?? false;
  const names = query.words('filters');
  const sets = setsOf(machine, type).map((set) =>
    names.length === 0 ? set : { ...set, results: set.results.filter((result) => names.includes(result.name)) },
  );
  return json(sets.map((set) => scriptSetView(call.world, machine, set, withOutput)));
}

function readSet(call: Call): Reply {
  const machine = machineOf(call, 'Node');
  const wanted = call.params['id'] ?? '';
  if (!/^\d+$/.test(wanted) && !(wanted in currentNames)) {
    throw refuse.text(
      400,
      `Unknown id "${wanted}" must be current-commissioning, current-testing, or current-installation.`,
    );
  }
  const type = currentNames[wanted];
  const set =
    type === undefined
      ? machine.scriptSets.find((candidate) => String(candidate.id) === wanted)
      : machine.scriptSets.findLast((candidate) => candidate.type === type);
  if (set === undefined) throw refuse.notFound('ScriptSet');
  return json(scriptSetView(call.world, machine, set, call.query.strictBoolean('include_output') ?? false));
}

function listNodes(call: Call): Reply {
  return jsonText(
    `[${filterMachines(call.world, call.query)
      .map((machine) => machineText(call.world, machine))
      .join(',')}]`,
  );
}

function isRegistered(call: Call): Reply {
  const mac = requireMac(call.query.get('mac_address') ?? '');
  return json(
    [...call.world.machines.values()].some((machine) => machine.interfaces.some((nic) => nic.macAddress === mac)),
  );
}

function readNode(call: Call): Reply {
  return jsonText(machineText(call.world, machineOf(call, 'Node')));
}
