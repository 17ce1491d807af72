import { afterEach, describe, expect, test } from '@jest/globals';
import type { Faults } from '@drydock/maas-simulator';
import { createMaasClient } from '../src/http/maas-client.js';
import { defaultTimeLimits } from '../src/index.js';
import {
  deployInput,
  networkingInput,
  nodeInput,
  platformInput,
  siteNetworks,
  storageInput,
} from './support/demo-node.js';
import { colleague, machineSpec, startTestRegion, type TestRegion } from './support/test-region.js';

let region: TestRegion;
afterEach(async () => {
  await region.close();
});

async function start(faults: Faults = {}, initial: 'new' | 'unknown' | 'ready' = 'new'): Promise<void> {
  region = await startTestRegion([machineSpec(1, { faults, initial })]);
}

async function prepare(): Promise<void> {
  await region.run('create_network_template', siteNetworks);
  await region.run('configure_hardware', nodeInput(1));
  await region.run('apply_node_networking', networkingInput(1));
  await region.run('apply_node_storage', storageInput(1));
}

function reasonOf(report: Awaited<ReturnType<TestRegion['run']>>): string {
  return report.outcome.kind === 'failed'
    ? `${report.outcome.errorClass}: ${report.outcome.reason}`
    : report.outcome.kind;
}

describe('a node whose', () => {
  test('BMC is down fails commissioning with what MAAS says of it', async () => {
    await start({ bmcDown: true });
    const report = await region.run('configure_hardware', nodeInput(1));
    expect(reasonOf(report)).toMatch(
      /^machine_failed: MAAS could not commission n01 \(machine \w+\): .+; check the address, the account and the power of its BMC$/,
    );
    expect((await region.writes()).filter(({ op }) => op === 'commission')).toHaveLength(1);
  });

  test('BMC goes down fails deployment, and the machine stays allocated', async () => {
    await start();
    await prepare();
    await region.simulator.control.setFaults('n01', { bmcDown: true });
    const report = await region.run('deploy_node', deployInput(1));
    expect(reasonOf(report)).toMatch(/^machine_failed: MAAS could not deploy n01/);
    expect((await region.simulator.control.machine('n01')).maas?.statusName).toBe('Allocated');
  });

  test('commissioning fails says so, with the logs of its scripts', async () => {
    await start({ failCommission: 'always' });
    const report = await region.run('configure_hardware', nodeInput(1));
    expect(reasonOf(report)).toMatch(/^machine_failed: commission of n01 .* failed: status Failed commissioning \(2\)/);
    expect(report.outcome.buildData?.length).toBeGreaterThan(0);
  });

  test('commissioning failed once is commissioned by the next attempt', async () => {
    await start({ failCommission: 1 });
    expect((await region.run('configure_hardware', nodeInput(1))).outcome.kind).toBe('failed');
    expect((await region.run('configure_hardware', nodeInput(1), { attempt: 1 })).outcome.kind).toBe('done');
  });

  test('deployment failed once is released without erasing, prepared again and deployed', async () => {
    await start({ failDeploy: 1 });
    await prepare();
    const first = await region.run('deploy_node', deployInput(1));
    expect(reasonOf(first)).toMatch(/^machine_failed: deploy of n01 .* failed: status Failed deployment \(11\)/);
    expect(first.outcome).toMatchObject({ hasDetailLogs: true });
    await region.writes();
    const networking = await region.run('apply_node_networking', networkingInput(1), { attempt: 1 });
    expect(networking.outcome.kind).toBe('done');
    const [release] = (await region.writes()).filter(({ op }) => op === 'release');
    expect(release?.params).toEqual({ erase: 'false' });
    for (const [verb, input] of [
      ['apply_node_storage', storageInput(1)],
      ['apply_node_platform', platformInput(1)],
      ['deploy_node', deployInput(1)],
    ] as const) {
      expect((await region.run(verb, input as never, { attempt: 1 })).outcome.kind).toBe('done');
    }
  });

  test('disk is too small fails before anything is written, naming disk, size and what does not fit', async () => {
    await start({ smallDisk: true });
    await region.run('create_network_template', siteNetworks);
    await region.run('configure_hardware', nodeInput(1));
    await region.writes();
    const report = await region.run('apply_node_storage', storageInput(1));
    expect(reasonOf(report)).toMatch(
      /^invalid_design: storage of n01 .* \/ on disk sda \(\d+ bytes\) cannot have the size 20g: .* are left; make it smaller or use a larger disk$/,
    );
    expect(await region.writes()).toEqual([]);
  });

  test('installation hangs ends at its last call with status, message and power', async () => {
    await start({ hang: 'deploy.install' });
    await prepare();
    const report = await region.run('deploy_node', deployInput(1), { lastCall: 2 });
    expect(reasonOf(report)).toMatch(
      /^timeout: deploy of n01 .* did not end in time: status Deploying \(9\), power on/,
    );
  });

  test('NIC is not there fails with the NICs that are', async () => {
    await start();
    await region.run('create_network_template', siteNetworks);
    await region.run('configure_hardware', nodeInput(1));
    await region.writes();
    const input = networkingInput(1);
    const interfaces = input.interfaces.map((nic) => ({ ...nic, slaves: ['eno2', 'eno9'] }));
    const report = await region.run('apply_node_networking', { ...input, interfaces });
    expect(reasonOf(report)).toMatch(/^invalid_design: machine \w+ has no NIC eno9, it has eno1, eno2, eno3;/);
    expect(await region.writes()).toEqual([]);
  });

  test('networks are not in MAAS fails with the advice to prepare the site', async () => {
    await start();
    await region.run('configure_hardware', nodeInput(1));
    const report = await region.run('apply_node_networking', networkingInput(1));
    expect(reasonOf(report)).toMatch(/^invalid_design: .*run prepare_site/);
  });
});

describe('a node that MAAS does not know', () => {
  test('is absent for look_for_node, and waited for by identify_node until it enlists', async () => {
    await start({}, 'unknown');
    expect((await region.run('look_for_node', nodeInput(1))).outcome.kind).toBe('absent');
    const late = await region.run('identify_node', nodeInput(1), { lastCall: 2 });
    expect(reasonOf(late)).toMatch(/^not_found: node n01 \(bmc:127\.16\.77\.11\) did not enlist in MAAS in time/);
    expect(late.waits).toHaveLength(1);
    await region.simulator.control.power('n01', { state: 'on', boot: 'pxe' });
    region.restart();
    const report = await region.run('identify_node', nodeInput(1));
    expect(report.outcome.kind).toBe('done');
    expect((await region.simulator.control.machine('n01')).maas).toMatchObject({
      hostname: 'n01',
      domain: 'demo.test',
    });
    await region.writes();
    expect((await region.run('identify_node', nodeInput(1))).outcome.kind).toBe('done');
    expect(await region.writes()).toEqual([]);
  });

  test('is found by its boot MAC when its BMC is of another kind', async () => {
    await start();
    const input = nodeInput(1);
    const node = { ...input.node, name: 'other', oobType: 'manual', bootMac: '52:54:00:00:01:01' };
    expect((await region.run('look_for_node', { ...input, node })).outcome.kind).toBe('done');
  });

  test('is done for destroy_node and failed for every step that needs it', async () => {
    await start({}, 'unknown');
    expect((await region.run('destroy_node', nodeInput(1))).outcome.kind).toBe('done');
    expect(reasonOf(await region.run('deploy_node', deployInput(1)))).toMatch(
      /^not_found: node n01 is not known to MAAS; run prepare_nodes/,
    );
  });
});

describe('who else is there', () => {
  test('a rack controller is left alone by every step and not destroyed', async () => {
    await start();
    const node = { ...nodeInput(1).node, name: 'rack01', bmcAddress: null };
    expect((await region.run('look_for_node', { node, oob: null })).outcome.kind).toBe('done');
    expect((await region.run('configure_hardware', { node, oob: null })).outcome.kind).toBe('done');
    expect(reasonOf(await region.run('destroy_node', { node, oob: null }))).toMatch(
      /^unsupported: rack01 is a rack controller/,
    );
  });

  test('two machines with one host name in other domains than the node are ambiguous', async () => {
    region = await startTestRegion([machineSpec(1), machineSpec(2)]);
    const { simulator } = region;
    const client = createMaasClient({
      url: simulator.maasUrl,
      apiKey: simulator.apiKey,
      maxConcurrentRequests: 1,
      timeLimits: defaultTimeLimits,
    });
    const { signal } = new AbortController();
    for (const [name, domain] of [
      ['n01', 'a.test'],
      ['n02', 'b.test'],
    ] as const) {
      const systemId = (await simulator.control.machine(name)).maas?.systemId ?? '';
      await client.write({ method: 'POST', path: 'domains/', fields: { name: domain } }, signal);
      await client.write({ method: 'PUT', path: `machines/${systemId}/`, fields: { hostname: 'n01', domain } }, signal);
    }
    client.close();
    const report = await region.run('look_for_node', nodeInput(1));
    expect(reasonOf(report)).toMatch(/^ambiguous: 2 machines in MAAS match node n01: .+; delete or rename/);
  });

  test('a machine of another MAAS user is neither named, configured, deployed nor taken for deployed by us', async () => {
    await start({}, 'ready');
    const url = region.simulator.maasUrl;
    await createMaasClient({
      url,
      apiKey: colleague.apiKey,
      maxConcurrentRequests: 1,
      timeLimits: defaultTimeLimits,
    }).write(
      {
        method: 'POST',
        path: 'machines/',
        op: 'allocate',
        fields: { system_id: (await region.simulator.control.machines())[0]?.maas?.systemId ?? '' },
      },
      AbortSignal.timeout(5000),
    );
    await region.writes();
    for (const report of [
      await region.run('identify_node', nodeInput(1)),
      await region.run('configure_hardware', nodeInput(1)),
      await region.run('apply_node_networking', networkingInput(1)),
      await region.run('apply_node_storage', storageInput(1)),
      await region.run('apply_node_platform', platformInput(1)),
      await region.run('deploy_node', deployInput(1)),
      await region.run('destroy_node', nodeInput(1)),
    ]) {
      expect(reasonOf(report)).toMatch(/^not_owned: .* belongs to the MAAS user colleague/);
    }
    expect(await region.writes()).toEqual([]);
  });

  test('a wrong key fails with the setting to check, and never shows the key', async () => {
    await start();
    region.maas.close();
    const key = 'consumerconsumer12:tokentokentoken123:secretsecretsecretsecretsecret12';
    const wrong = await startTestRegion([machineSpec(1)], { apiKey: key });
    const report = await wrong.run('look_for_node', nodeInput(1));
    await wrong.close();
    expect(reasonOf(report)).toMatch(/^authentication: .*401.*check MAAS_API_KEY$/);
    expect(JSON.stringify(report)).not.toMatch(/tokentoken|secretsecret/);
  });

  test('a stopping step only settles, writes nothing and ends as cancelled', async () => {
    await start();
    const report = await region.run('configure_hardware', nodeInput(1), { stopping: true });
    expect(reasonOf(report)).toMatch(/^cancelled: /);
    expect(await region.writes()).toEqual([]);
  });

  test('a write whose lease may have passed is not sent', async () => {
    await start();
    const late = region.run('configure_hardware', nodeInput(1), { sendBefore: performance.now() - 1 });
    await expect(late).rejects.toMatchObject({ code: 'provisioner_unavailable', kind: 'not_sent' });
    expect((await region.writes()).filter(({ machine }) => machine !== null)).toEqual([]);
  });
});

describe('the site', () => {
  test('is valid when MAAS answers, has images and a healthy rack controller', async () => {
    await start();
    const report = await region.run('validate_node_services', {});
    expect(report.outcome.kind).toBe('done');
    expect(report.notes.filter(({ contextType }) => contextType === 'rack_ctlr')).toHaveLength(1);
  });

  test('is not valid while MAAS imports images', async () => {
    await start();
    await region.simulator.control.setImporting(true);
    expect(reasonOf(await region.run('validate_node_services', {}))).toMatch(/^unavailable: MAAS is still importing/);
  });

  test('keys and repositories are added once', async () => {
    await start();
    const keys = {
      authorizedKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1yc3RyaW5nb2Zub3VzZWF0YWxsaW50aGlzdGVzdA== ops'],
    };
    const repositories = {
      repositories: {
        removeUnlisted: true,
        entries: [
          {
            name: 'docker',
            type: 'apt' as const,
            url: 'http://mirror.test/docker',
            arches: ['amd64'],
            distributions: ['jammy'],
            components: ['stable'],
            subrepositories: [],
            gpgKey: null,
            options: {},
          },
        ],
      },
    };
    expect((await region.run('configure_user_credentials', keys)).outcome.kind).toBe('done');
    expect((await region.run('configure_node_provisioner', repositories)).outcome).toMatchObject({
      kind: 'done',
      focus: [{ name: 'docker', isOk: true }],
    });
    await region.writes();
    expect((await region.run('configure_user_credentials', keys)).outcome.kind).toBe('done');
    expect((await region.run('configure_node_provisioner', repositories)).outcome.kind).toBe('done');
    expect(await region.writes()).toEqual([]);
  });

  test('a range that overlaps what MAAS has fails its network with both ranges', async () => {
    await start();
    await region.run('create_network_template', siteNetworks);
    const networks = siteNetworks.networks.map((network) =>
      network.name === 'pxe'
        ? { ...network, ranges: [{ type: 'dhcp', start: '172.24.1.220', end: '172.24.1.254' }] }
        : network,
    );
    const report = await region.run('create_network_template', { ...siteNetworks, networks });
    expect(reasonOf(report)).toMatch(
      /^invalid_design: dynamic range 172\.24\.1\.220 to 172\.24\.1\.254 .* overlaps the dynamic range 172\.24\.1\.200 to 172\.24\.1\.250/,
    );
    expect(report.outcome).toMatchObject({
      focus: [
        { name: 'pxe', isOk: false },
        { name: 'mgmt', isOk: true },
        { name: 'storage', isOk: true },
      ],
    });
  });

  test('DHCP is relayed where the design names a target that a rack has', async () => {
    await start();
    const networks = siteNetworks.networks.map((network) =>
      network.name === 'mgmt'
        ? {
            ...network,
            ranges: [{ type: 'dhcp', start: '172.16.1.200', end: '172.16.1.220' }],
            dhcpRelayUpstreamTarget: '172.24.1.2',
          }
        : network,
    );
    const input = { ...siteNetworks, networks };
    expect((await region.run('create_network_template', input)).outcome.kind).toBe('done');
    await region.writes();
    expect((await region.run('create_network_template', input)).outcome.kind).toBe('done');
    expect(await region.writes()).toEqual([]);
  });

  test('the inventory lists what GET /nodes shows', async () => {
    await start({}, 'ready');
    const nodes = await region.maas.inventory.listNodes(new AbortController().signal);
    expect(nodes).toEqual([
      {
        hostname: 'n01',
        memory: 16384,
        cpu_count: 8,
        status_name: 'Ready',
        boot_mac: '52:54:00:00:01:01',
        power_state: 'off',
        power_address: '127.16.77.11',
        boot_ip: null,
      },
    ]);
  });

  test('the observer reads many machines in one request, and names what is gone', async () => {
    await start();
    const systemId = (await region.simulator.control.machine('n01')).maas?.systemId ?? '';
    region.requests.length = 0;
    const values = await region.maas.observer.read([systemId, 'nosuch'], new AbortController().signal);
    expect([...values]).toEqual([
      [systemId, '0'],
      ['nosuch', 'gone'],
    ]);
    expect(region.requests).toHaveLength(1);
  });
});
