import { describe, expect, test } from '@jest/globals';
import { type Json, text } from './client.js';
import { Scene } from './scene.js';

const scene = new Scene();
const nicPath = (systemId: string, nic: Json | undefined) => `nodes/${systemId}/interfaces/${text(nic?.['id'])}/`;

async function nics(systemId: string): Promise<readonly Json[]> {
  return (await scene.maas.get(`nodes/${systemId}/interfaces/`)).list;
}

describe('interfaces', () => {
  test('a bond of two cards with a tagged VLAN on it, linked, and all undone by restore', async () => {
    const systemId = await scene.begin();
    const subnet = await scene.addSubnet(systemId);
    const [first, second] = await nics(systemId);
    const bond = await scene.maas.post(`nodes/${systemId}/interfaces/?op=create_bond`, {
      name: 'bond0',
      parents: [text(first?.['id']), text(second?.['id'])],
      bond_mode: '802.3ad',
      bond_miimon: 100,
      bond_downdelay: 200,
      bond_updelay: 200,
      bond_lacp_rate: 'slow',
      bond_xmit_hash_policy: 'layer3+4',
      mtu: 9000,
    });
    expect(bond.json).toMatchObject({
      type: 'bond',
      parents: ['eno1', 'eno2'],
      mac_address: '52:54:00:00:01:01',
      effective_mtu: 9000,
      params: {
        bond_mode: '802.3ad',
        bond_lacp_rate: 'slow',
        bond_xmit_hash_policy: 'layer3+4',
        bond_updelay: 200,
        mtu: 9000,
      },
    });
    const fabric = text(first?.['vlan']?.['fabric_id']);
    const vlan = (await scene.maas.post(`fabrics/${fabric}/vlans/`, { vid: 101, name: 'private', mtu: 9000 })).json;
    const tagged = await scene.maas.post(`nodes/${systemId}/interfaces/?op=create_vlan`, {
      parent: text(bond.json['id']),
      vlan: text(vlan['id']),
      mtu: 9000,
    });
    expect(tagged.json).toMatchObject({ name: 'bond0.101', type: 'vlan', parents: ['bond0'], effective_mtu: 9000 });
    const link = { mode: 'STATIC', subnet, ip_address: '172.24.1.20', default_gateway: 'True' };
    const linked = await scene.maas.post(`${nicPath(systemId, bond.json)}?op=link_subnet`, link);
    expect(linked.json['links']).toMatchObject([{ mode: 'static', ip_address: '172.24.1.20' }]);
    expect((await scene.machine(systemId))['default_gateways']?.['ipv4']?.['gateway_ip']).toBe('172.24.1.1');
    const slave = await scene.maas.post(`${nicPath(systemId, first)}?op=link_subnet`, { mode: 'dhcp' });
    expect(slave.json).toEqual({ bond: ['Cannot link interface(eno1) when interface is in a bond(bond0).'] });
    const state = await scene.simulator.control.machine('n01');
    expect(state.maas?.interfaces.find((nic) => nic.name === 'bond0')).toMatchObject({
      vlan: { vid: 0 },
      links: [{ cidr: '172.24.1.0/24', ipAddress: '172.24.1.20', isDefaultGateway: true }],
    });
    await scene.maas.post(`machines/${systemId}/?op=restore_networking_configuration`);
    expect((await nics(systemId)).map((nic) => nic['name'])).toEqual(['eno1', 'eno2']);
  });

  const badBonds: [string, Record<string, string>, string][] = [
    ['an unknown mode', { name: 'bond0', bond_mode: 'balanced-rr' }, 'bond_mode'],
    ['no name', {}, 'name'],
    ['a taken name', { name: 'eno1' }, 'name'],
    ['a small MTU', { name: 'bond0', mtu: '100' }, 'mtu'],
  ];
  test.each(badBonds)('a bond with %s is refused by field', async (_what, form, field) => {
    const systemId = await scene.begin();
    const [first] = await nics(systemId);
    const answer = await scene.maas.post(`nodes/${systemId}/interfaces/?op=create_bond`, {
      parents: text(first?.['id']),
      ...form,
    });
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json)).toEqual([field]);
    expect(await nics(systemId)).toHaveLength(2);
  });

  test('bond parents on different VLANs are refused', async () => {
    const systemId = await scene.begin();
    const [first, second] = await nics(systemId);
    await scene.maas.post(`${nicPath(systemId, second)}?op=disconnect`);
    const parents = [text(first?.['id']), text(second?.['id'])];
    const answer = await scene.maas.post(`nodes/${systemId}/interfaces/?op=create_bond`, { name: 'bond0', parents });
    expect(answer.json).toEqual({ parents: ['All parents must belong to the same VLAN.'] });
  });

  const badLinks: [string, Record<string, string>, number][] = [
    ['an unknown mode', { mode: 'magic' }, 400],
    ['an address outside', { mode: 'static', ip_address: '10.0.0.1' }, 400],
    ['an address in a dynamic range', { mode: 'static', ip_address: '172.24.1.105' }, 400],
    ['an address that is in use', { mode: 'static', ip_address: '172.24.1.9' }, 404],
    ['a default gateway by DHCP', { mode: 'dhcp', default_gateway: 'True' }, 400],
  ];
  test.each(badLinks)('%s is refused', async (_what, form, statusCode) => {
    const systemId = await scene.begin();
    const subnet = await scene.addSubnet(systemId);
    await scene.maas.post('ipranges/', { type: 'dynamic', start_ip: '172.24.1.100', end_ip: '172.24.1.110', subnet });
    const [first, second] = await nics(systemId);
    const taken = { mode: 'static', subnet, ip_address: '172.24.1.9' };
    expect((await scene.maas.post(`${nicPath(systemId, second)}?op=link_subnet`, taken)).statusCode).toBe(200);
    const answer = await scene.maas.post(`${nicPath(systemId, first)}?op=link_subnet`, { subnet, ...form });
    expect(answer.statusCode).toBe(statusCode);
  });

  test('unlink gives the address back; a move to another VLAN drops the links', async () => {
    const systemId = await scene.begin();
    const subnet = await scene.addSubnet(systemId);
    const [first] = await nics(systemId);
    const path = nicPath(systemId, first);
    const linked = await scene.maas.post(`${path}?op=link_subnet`, { mode: 'auto', subnet });
    const unlinked = await scene.maas.post(`${path}?op=unlink_subnet`, {
      id: text(linked.json['links']?.['0']?.['id']),
    });
    expect(unlinked.json['links']).toMatchObject([{ mode: 'link_up' }]);
    await scene.maas.post(`${path}?op=link_subnet`, { mode: 'auto', subnet });
    const fabric = (await scene.maas.post('fabrics/', { name: 'other' })).json;
    const moved = await scene.maas.put(path, { vlan: text(fabric['vlans']?.['0']?.['id']) });
    expect(moved.json['links']).toMatchObject([{ mode: 'link_up' }]);
    expect(moved.json['vlan']?.['fabric']).toBe('other');
  });
});

describe('site', () => {
  test('fabric names are checked and reserved ones refused', async () => {
    await scene.begin();
    expect((await scene.maas.post('fabrics/', { name: 'oam-link' })).json).toMatchObject({
      name: 'oam-link',
      vlans: [{ vid: 0, name: 'untagged' }],
    });
    expect((await scene.maas.post('fabrics/', { name: 'oam-link' })).json).toEqual({
      name: ['Fabric with this Name already exists.'],
    });
    expect((await scene.maas.post('fabrics/', { name: 'fabric-9' })).json).toEqual({ name: ['Reserved fabric name.'] });
    expect((await scene.maas.post('fabrics/', { name: 'a b' })).json).toEqual({ name: ['Invalid fabric name: a b.'] });
    const zero = await scene.maas.delete('fabrics/0/');
    expect([zero.statusCode, zero.text]).toEqual([400, 'This fabric is the default fabric, it cannot be deleted.']);
  });

  test('DHCP needs a range and a rack; relay and DHCP exclude each other', async () => {
    const systemId = await scene.begin();
    const subnet = await scene.addSubnet(systemId);
    const vlan = (await scene.machine(systemId))['boot_interface']?.['vlan'];
    const path = `fabrics/${text(vlan?.['fabric_id'])}/vlans/0/`;
    const rack = text((await scene.maas.get('rackcontrollers/')).list[0]?.['system_id']);
    const noRange = await scene.maas.put(path, { dhcp_on: 'True', primary_rack: rack });
    expect(noRange.json).toEqual({ dhcp_on: ['dhcp can only be turned on when a dynamic IP range is defined.'] });
    await scene.maas.post('ipranges/', { type: 'dynamic', start_ip: '172.24.1.100', end_ip: '172.24.1.110', subnet });
    const noRack = await scene.maas.put(path, { dhcp_on: 'True' });
    expect(noRack.json).toEqual({ dhcp_on: ['dhcp can only be turned on when a primary rack controller is set.'] });
    const on = await scene.maas.put(path, { dhcp_on: 'True', primary_rack: rack });
    expect(on.json).toMatchObject({ dhcp_on: true, primary_rack: rack });
    const relayed = (await scene.maas.post('fabrics/', { name: 'far' })).json['vlans']?.['0'];
    const relay = await scene.maas.put(`vlans/${text(relayed?.['id'])}/`, { relay_vlan: text(vlan?.['id']) });
    expect(relay.json['relay_vlan']).toMatchObject({ id: vlan?.['id'] });
    const both = await scene.maas.put(path, { relay_vlan: text(relayed?.['id']) });
    expect(both.statusCode).toBe(400);
  });

  test('a rack controller of the fleet can own the target of a relay', async () => {
    await scene.simulator.control.postFleet({
      racks: [
        {
          hostname: 'rack01',
          interfaces: [{ name: 'eth0', cidr: '172.16.5.0/24', address: '172.16.5.5', fabric: 'relay', dhcp: true }],
        },
      ],
    });
    const [rack] = (await scene.maas.get('rackcontrollers/?hostname=rack01')).list;
    expect(rack?.['interface_set']).toMatchObject([
      { links: [{ ip_address: '172.16.5.5' }], vlan: { fabric: 'relay', dhcp_on: true } },
    ]);
    const services = rack?.['service_set'] as unknown as { name: string; status: string }[];
    const states = ['http', 'dhcpd', 'rackd', 'tftp'].map(
      (name) => services.find((service) => service.name === name)?.status,
    );
    expect(states).toEqual(['running', 'running', 'running', 'running']);
  });

  test('ranges do not overlap, routes have their gateway at the source, domains are named once', async () => {
    const systemId = await scene.begin();
    const source = await scene.addSubnet(systemId);
    const destination = await scene.addSubnet(systemId, '172.24.2.0/24', '172.24.2.1');
    const range = { type: 'reserved', start_ip: '172.24.1.50', end_ip: '172.24.1.60' };
    expect((await scene.maas.post('ipranges/', range)).statusCode).toBe(200);
    expect((await scene.maas.post('ipranges/', range)).json).toEqual({
      start_ip: ['Requested reserved range conflicts with an existing range.'],
    });
    const route = { source, destination, gateway_ip: '172.24.1.1', metric: 100 };
    expect((await scene.maas.post('static-routes/', route)).json).toMatchObject({
      metric: 100,
      gateway_ip: '172.24.1.1',
    });
    expect((await scene.maas.post('static-routes/', { ...route, gateway_ip: '172.24.2.1' })).statusCode).toBe(400);
    expect((await scene.maas.post('domains/', { name: 'maas' })).json).toEqual({
      name: ['Domain with this Name already exists.'],
    });
    expect((await scene.maas.post('subnets/', { cidr: '172.24.1.0/24' })).statusCode).toBe(400);
    expect((await scene.maas.post('subnets/', { cidr: '172.24.1.9/24' })).statusCode).toBe(400);
  });

  test('tags: created once, members counted, kernel options joined in name order', async () => {
    const systemId = await scene.begin();
    await scene.maas.post('tags/', { name: 'b', kernel_opts: 'quiet' });
    await scene.maas.post('tags/', { name: 'a', kernel_opts: 'console=ttyS0' });
    expect((await scene.maas.post('tags/', { name: 'a' })).json).toEqual({
      name: ['Tag with this Name already exists.'],
    });
    for (const name of ['a', 'b']) {
      const answer = await scene.maas.post(`tags/${name}/?op=update_nodes`, { add: [systemId, 'nobody'] });
      expect(answer.json).toEqual({ added: 1, removed: 0 });
    }
    expect((await scene.machine(systemId))['tag_names']).toEqual(['a', 'b']);
    expect((await scene.simulator.control.machine('n01')).maas?.kernelOptions).toBe('console=ttyS0 quiet');
    expect((await scene.maas.get('tags/a/?op=nodes')).list).toHaveLength(1);
    await scene.maas.delete('tags/b/');
    expect((await scene.machine(systemId))['tag_names']).toEqual(['a']);
  });

  test('repositories, keys and images', async () => {
    const names = (await scene.maas.get('package-repositories/')).list.map((row) => row['name']);
    expect(names).toEqual(['main_archive', 'ports_archive']);
    expect((await scene.maas.put('package-repositories/1/', { disabled_components: 'main' })).statusCode).toBe(400);
    expect((await scene.maas.delete('package-repositories/1/')).statusCode).toBe(400);
    const added = await scene.maas.post('package-repositories/', {
      name: 'docker',
      url: 'https://docker.test',
      arches: 'amd64',
    });
    expect(added.json).toMatchObject({ name: 'docker', arches: ['amd64'], enabled: true });
    const key = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== operator';
    expect((await scene.maas.post('account/prefs/sshkeys/', { key })).statusCode).toBe(201);
    expect((await scene.maas.post('account/prefs/sshkeys/', { key })).statusCode).toBe(400);
    expect((await scene.maas.post('account/prefs/sshkeys/', { key: 'nonsense' })).statusCode).toBe(400);
    const images = (await scene.maas.get('boot-resources/')).list.map((row) => row['name']);
    expect([...new Set(images)]).toEqual(['ubuntu/xenial', 'ubuntu/focal', 'ubuntu/jammy']);
    expect((await scene.maas.get('boot-resources/?op=is_importing')).text).toBe('false');
    await scene.simulator.control.setImporting(true);
    expect((await scene.maas.get('boot-resources/?op=is_importing')).text).toBe('true');
  });
});
