import { describe, expect, test } from '@jest/globals';
import { statusNames, type StatusCode } from '../src/index.js';
import { VirtualClock } from '../src/clock/virtual-clock.js';
import { addHardware } from '../src/control/add-hardware.js';
import { addRack, defaultRack } from '../src/control/add-racks.js';
import { forceStatus, moveTo } from '../src/engine/status-moves.js';
import type { Call, User } from '../src/maas/call.js';
import { Form } from '../src/maas/form.js';
import { Refusal } from '../src/maas/refusal.js';
import { Router } from '../src/maas/router.js';
import { routes } from '../src/maas/routes.js';
import { allowedMoves } from '../src/world/machine-status.js';
import { createWorld } from '../src/world/world.js';
import { machineSpec } from './builders.js';

const codes = Object.keys(statusNames).map((code) => Number(code) as StatusCode);
const admin: User = { username: 'admin', email: '', isSuperuser: true, apiKey: 'a:b:c' };
const router = new Router(routes);

/** A machine with everything that an operation may want, in the given status. */
function sceneIn(code: StatusCode) {
  const world = createWorld(new VirtualClock(0), { seed: 1, version: '3.5', requiresDhcp: false });
  addRack(world, defaultRack);
  addHardware(world, machineSpec('n01', { initial: 'ready' }));
  const machine = [...world.machines.values()][0];
  const nic = machine?.interfaces[0];
  if (machine === undefined || nic === undefined) throw new Error('the scene has no machine');
  world.site.subnets.set(1, {
    id: 1,
    name: 'oam',
    description: '',
    vlanId: nic.vlanId ?? 0,
    cidr: '172.24.1.0/24',
    gatewayIp: null,
    dnsServers: [],
    rdnsMode: 2,
    activeDiscovery: false,
    allowDns: true,
    allowProxy: true,
    managed: true,
  });
  nic.links = [{ id: 900, mode: 'auto', subnetId: 1, ipAddress: null }];
  machine.owner = [4, 0, 2].includes(code) ? '' : 'admin';
  forceStatus(world, machine, code);
  return { world, machine, nic };
}

interface Operation {
  readonly path: (scene: ReturnType<typeof sceneIn>) => string;
  readonly method?: string;
  readonly op?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly allowed: readonly StatusCode[];
  readonly refusedWith: number;
}

const machinePath = (scene: ReturnType<typeof sceneIn>) => `machines/${scene.machine.systemId}/`;
const diskPath = (scene: ReturnType<typeof sceneIn>) =>
  `nodes/${scene.machine.systemId}/blockdevices/${scene.machine.blockDevices[1]?.id}/`;
const nicPath = (scene: ReturnType<typeof sceneIn>) =>
  `nodes/${scene.machine.systemId}/interfaces/${scene.machine.interfaces[1]?.id}/`;

/** Who may what, as 04 §15.2 has it. */
const operations: Readonly<Record<string, Operation>> = {
  commission: { path: machinePath, op: 'commission', allowed: [0, 2, 4, 8], refusedWith: 400 },
  allocate: { path: () => 'machines/', op: 'allocate', allowed: [4], refusedWith: 409 },
  deploy: { path: machinePath, op: 'deploy', allowed: [4, 10], refusedWith: 409 },
  release: { path: machinePath, op: 'release', allowed: [4, 5, 6, 8, 9, 10, 11, 12, 13, 15], refusedWith: 409 },
  'release with erase': {
    path: machinePath,
    op: 'release',
    form: { erase: 'True', quick_erase: 'True' },
    allowed: [4, 5, 6, 8, 9, 10, 11, 12, 13, 15],
    refusedWith: 409,
  },
  abort: { path: machinePath, op: 'abort', allowed: [1, 9, 14, 21], refusedWith: 409 },
  'restore networking': {
    path: machinePath,
    op: 'restore_networking_configuration',
    allowed: [4, 22],
    refusedWith: 409,
  },
  'restore storage': { path: machinePath, op: 'restore_storage_configuration', allowed: [4, 22], refusedWith: 409 },
  'set storage layout': {
    path: machinePath,
    op: 'set_storage_layout',
    form: { storage_layout: 'flat' },
    allowed: [4],
    refusedWith: 409,
  },
  'create partition': {
    path: (scene) => `${diskPath(scene)}partitions/`,
    form: { size: '1G' },
    allowed: [4],
    refusedWith: 409,
  },
  'set boot disk': { path: diskPath, op: 'set_boot_disk', allowed: [4], refusedWith: 409 },
  'create volume group': {
    path: (scene) => `nodes/${scene.machine.systemId}/volume-groups/`,
    form: { name: 'vg0', block_devices: 'sdb' },
    allowed: [4],
    refusedWith: 409,
  },
  'format a disk': { path: diskPath, op: 'format', form: { fstype: 'ext4' }, allowed: [4, 10], refusedWith: 409 },
  'link a subnet': {
    path: nicPath,
    op: 'link_subnet',
    form: { mode: 'dhcp' },
    allowed: [0, 4, 8, 10, 22],
    refusedWith: 409,
  },
  'update an interface': {
    path: nicPath,
    method: 'PUT',
    form: { mtu: '9000' },
    allowed: [0, 4, 8, 10, 22],
    refusedWith: 409,
  },
  'set annotations': {
    path: machinePath,
    op: 'set_workload_annotations',
    form: { role: 'x' },
    allowed: [5, 6, 9, 10, 11, 12, 13, 14, 15],
    refusedWith: 409,
  },
  delete: { path: machinePath, method: 'DELETE', allowed: codes, refusedWith: 403 },
};

async function statusOf(operation: Operation, code: StatusCode): Promise<number> {
  const scene = sceneIn(code);
  const path = operation.path(scene);
  const method = operation.method ?? 'POST';
  const match = router.match(path);
  const endpoint = match?.route.endpoints[operation.op === undefined ? method : `${method} ${operation.op}`];
  if (match === undefined || endpoint === undefined) throw new Error(`no route for ${method} ${path} ${operation.op}`);
  const call: Call = {
    world: scene.world,
    users: [admin],
    user: admin,
    method,
    path,
    op: operation.op ?? null,
    params: match.params,
    query: new Form(),
    form: Form.ofEntries(Object.entries(operation.form ?? {})),
    objectId: null,
  };
  try {
    return (await endpoint.run(call)).statusCode;
  } catch (error) {
    if (error instanceof Refusal) return error.statusCode;
    throw error;
  } finally {
    scene.world.clock.close();
  }
}

describe('every operation in every status', () => {
  const cells = Object.entries(operations).flatMap(([name, operation]) =>
    codes.map((code) => ({ name, operation, code, statusName: statusNames[code] })),
  );
  test.each(cells)('$name in status $statusName', async ({ operation, code }) => {
    const isAllowed = operation.allowed.includes(code);
    const expected = isAllowed ? (operation.method === 'DELETE' ? 204 : 200) : operation.refusedWith;
    expect(await statusOf(operation, code)).toBe(expected);
  });
});

describe('status moves', () => {
  test.each(codes)('out of status %i only the allowed moves pass', (code) => {
    for (const next of codes) {
      const { world, machine } = sceneIn(code);
      const move = () => moveTo(world, machine, next);
      const isAllowed = next === code || allowedMoves[code].includes(next);
      if (isAllowed) expect(move).not.toThrow();
      else expect(move).toThrow(`Invalid transition: ${statusNames[code]} -> ${statusNames[next]}.`);
      world.clock.close();
    }
  });
});
