import { describe, expect, it } from '@jest/globals';
import { verbs, type StorageDevice, type Verb } from '@drydock/model';
import { compiledNode, compiledSite, network, networkLink } from '@drydock/testkit';
import { recordingDrivers } from '../../test/recording-drivers.js';
import { stepContextStub } from '../../test/step-context-stub.js';
import type { DeviceNames } from './device-names.js';
import { runVerb } from './run-verb.js';
import type { StepDrivers } from './step-drivers.js';
import type { StepMaterial } from './step-material.js';

const none: StepDrivers = { node: null, oob: [], kubernetes: null };
const allVerbs = Object.keys(verbs) as Verb[];

function materialOf(given: Partial<StepMaterial> = {}): StepMaterial {
  const reports = { deploymentId: null, actions: [] };
  const bare = { deviceNames: null, secrets: new Map(), bootActionKey: null, reports };
  return { site: compiledSite(), node: compiledNode(), ...bare, ...given };
}

/** Runs a verb on recording drivers and hands back what the driver was told. */
async function toldFor(verb: Verb, given: Partial<StepMaterial> = {}) {
  const { told, node, oob, kubernetes } = recordingDrivers();
  const drivers = { node, oob: [oob('ipmi'), oob('redfish', 'manual')], kubernetes };
  const outcome = await runVerb(verb, drivers, materialOf(given), stepContextStub());
  return { outcome, told, input: told[0]?.input };
}

function namesOf(names: Readonly<Record<string, string>>, problems: DeviceNames['problems'] = new Map()): DeviceNames {
  return { names: new Map(Object.entries(names)), problems };
}

const alias = (name: string) => ({ alias: name, busType: 'pci', deviceType: null, address: '0000:00:03.0' });
const disk = (name: string): StorageDevice => ({ name, labels: {}, volumeGroup: null, partitions: [] });

describe('every verb', () => {
  it.each(allVerbs.filter((verb) => verbs[verb].driver !== 'none'))('%s reaches its method once', async (verb) => {
    const { told, outcome } = await toldFor(verb);
    const driver = verbs[verb].driver === 'oob' ? 'redfish+manual' : verbs[verb].driver;
    expect(told).toMatchObject([{ driver, verb }]);
    expect(outcome.kind).toBe('done');
  });

  it.each(allVerbs.filter((verb) => verbs[verb].driver !== 'none'))(
    '%s fails as unsupported without a driver, and says what to set',
    async (verb) => {
      const outcome = await runVerb(verb, none, materialOf(), stepContextStub());
      expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'unsupported' });
      expect(outcome).toMatchObject({ reason: expect.stringContaining('DRYDOCK_NODE_DRIVER') });
    },
  );

  it.each(allVerbs.filter((verb) => verbs[verb].target === 'node' && verb !== 'noop'))(
    '%s throws when the worker did not load the node',
    async (verb) => {
      const { node, oob, kubernetes } = recordingDrivers();
      const drivers = { node, oob: [oob('redfish')], kubernetes };
      await expect(runVerb(verb, drivers, materialOf({ node: null }), stepContextStub())).rejects.toMatchObject({
        code: 'internal',
      });
    },
  );
});

it('verify_site needs no design', async () => {
  const { outcome } = await toldFor('validate_node_services', { site: null, node: null });
  expect(outcome.kind).toBe('done');
});

it('lets a throw of the driver pass: it could not find out', async () => {
  const { node } = recordingDrivers();
  const broken = { ...node, look_for_node: () => Promise.reject(new Error('connection reset')) };
  const answer = runVerb('look_for_node', { ...none, node: broken }, materialOf(), stepContextStub());
  await expect(answer).rejects.toThrow('connection reset');
});

describe('the identity of a node', () => {
  it.each([
    ['redfish', '127.16.0.1'],
    ['ipmi', '127.16.0.1'],
    ['libvirt', null],
    ['manual', null],
  ])('of type %s has the BMC address %s', async (type, bmcAddress) => {
    const { oob } = compiledNode();
    const { input } = await toldFor('look_for_node', { node: compiledNode({ oob: oob && { ...oob, type } }) });
    expect(input).toMatchObject({
      node: { name: 'n1', domain: 'example.com', oobType: type, bmcAddress, bootMac: '00:00:5e:00:53:01' },
    });
  });

  it('has no out-of-band type when the design gives it none', async () => {
    const { input } = await toldFor('destroy_node', { node: compiledNode({ oob: null }) });
    expect(input).toMatchObject({ node: { oobType: null, bmcAddress: null }, oob: null });
  });
});

describe('out of band', () => {
  it('puts the secrets back where they were cut out', async () => {
    const { oob } = compiledNode();
    const node = compiledNode({ oob: oob && { ...oob, parameters: { libvirt_uri: 'qemu://host/system', a: 'b' } } });
    const secrets = new Map([
      ['/oob/credential', 'open sesame'],
      ['/oob/parameters/libvirt_uri', 'qemu://me:pw@host/system'],
    ]);
    const { input } = await toldFor('power_cycle_node', { node, secrets });
    expect(input).toEqual({
      nodeName: 'n1',
      bootMac: '00:00:5e:00:53:01',
      oob: {
        ...oob,
        credential: 'open sesame',
        parameters: { libvirt_uri: 'qemu://me:pw@host/system', a: 'b' },
      },
    });
  });

  it('names the node, its type and what the worker has when nobody speaks it', async () => {
    const { oob } = recordingDrivers();
    const drivers = { ...none, oob: [oob('ipmi'), oob('manual', 'ipmi')] };
    const outcome = await runVerb('interrogate_oob', drivers, materialOf(), stepContextStub());
    expect(outcome).toMatchObject({
      reason:
        'no out-of-band driver speaks redfish, the type of node n1 (the worker has: ipmi, manual); ' +
        'change oob.type in the design, or choose a set of drivers that speaks redfish with DRYDOCK_NODE_DRIVER',
    });
  });

  it('asks for a stanza where a node has none', async () => {
    const { outcome } = await toldFor('set_node_boot', { node: compiledNode({ oob: null }) });
    expect(outcome).toMatchObject({
      errorClass: 'unsupported',
      reason: 'node n1 has no out-of-band stanza; set oob.type in the design of the node or of its host profile',
    });
  });
});

describe('a NIC that boots by itself and then belongs to a bond', () => {
  const bonding = { ...networkLink('x').bonding, mode: '802.3ad' } as const;
  const site = compiledSite({
    networkLinks: [networkLink('pxe'), networkLink('gp', { bonding })],
    networks: [network('pxe'), network('mgmt')],
  });
  const interfaces = [
    { name: 'pxe', networkLink: 'pxe', slaves: ['nic01'], networks: ['pxe'], sriov: null },
    { name: 'bond0', networkLink: 'gp', slaves: ['nic01', 'nic02'], networks: ['mgmt'], sriov: null },
  ];

  it('is left to the bond, and the user is told', async () => {
    const { input, outcome } = await toldFor('apply_node_networking', { node: compiledNode({ interfaces }), site });
    expect(input).toMatchObject({ interfaces: [{ name: 'bond0', slaves: ['nic01', 'nic02'] }] });
    expect(outcome.notes[0]).toMatchObject({
      isError: false,
      text: expect.stringContaining('a bond takes its nic01'),
    });
  });

  it('stays an interface of its own when no bond takes it', async () => {
    const apart = interfaces.map((shape) =>
      shape.name === 'bond0' ? { ...shape, slaves: ['nic02', 'nic03'] } : shape,
    );
    const { input } = await toldFor('apply_node_networking', { node: compiledNode({ interfaces: apart }), site });
    expect(input).toMatchObject({ interfaces: [{ name: 'pxe' }, { name: 'bond0' }] });
  });
});

describe('networking', () => {
  const site = compiledSite({
    networkLinks: [networkLink('data', { nativeNetwork: 'mgmt' }), networkLink('oob', { isUnconfigured: true })],
    networks: [network('mgmt'), network('storage', { vlanId: 10 }), network('ksn', { vlanId: 20 })],
  });
  const bond = { name: 'bond0', networkLink: 'data', slaves: ['nic1', 'eno9'], networks: ['mgmt'], sriov: null };
  const node = compiledNode({
    interfaces: [bond],
    primaryNetwork: 'mgmt',
    deviceAliases: [alias('nic1')],
    addressing: [
      { network: 'mgmt', type: 'static', address: '127.20.0.5' },
      { network: 'storage', type: 'dhcp', address: null },
    ],
  });
  const deviceNames = namesOf({ nic1: 'eno1' });

  it('resolves slaves, and leaves what is no alias as it is', async () => {
    const { input } = await toldFor('apply_node_networking', { node, site, deviceNames });
    expect(input).toMatchObject({ interfaces: [{ name: 'bond0', slaves: ['eno1', 'eno9'], link: { name: 'data' } }] });
  });

  it('leaves out interfaces without a link and on links that nobody configures', async () => {
    const shapes = [bond, { ...bond, name: 'a', networkLink: null }, { ...bond, name: 'b', networkLink: 'oob' }];
    const { input } = await toldFor('apply_node_networking', {
      node: { ...node, interfaces: shapes },
      site,
      deviceNames,
    });
    expect(input).toMatchObject({ interfaces: [{ name: 'bond0' }] });
  });

  it.each([
    ['mgmt', true, true, { type: 'static', address: '127.20.0.5' }],
    ['storage', false, false, { type: 'dhcp' }],
    ['ksn', false, false, null],
  ])('network %s: native %s, primary %s, addressing %j', async (name, isNative, isPrimary, addressing) => {
    const one = { ...node, interfaces: [{ ...bond, networks: [name] }] };
    const { input } = await toldFor('apply_node_networking', { node: one, site, deviceNames });
    expect(input).toMatchObject({
      interfaces: [{ networks: [{ network: { name }, isNative, isPrimary, addressing }] }],
    });
  });

  it('takes the last of several addresses on one network', async () => {
    const twice = [...node.addressing, { network: 'mgmt', type: 'static', address: '127.20.0.6' } as const];
    const { input } = await toldFor('apply_node_networking', {
      node: { ...node, addressing: twice },
      site,
      deviceNames,
    });
    expect(input).toMatchObject({ interfaces: [{ networks: [{ addressing: { address: '127.20.0.6' } }] }] });
  });

  it.each([
    ['link', { ...bond, networkLink: 'lost' }, 'network link lost'],
    ['network', { ...bond, networks: ['lost'] }, 'network lost'],
  ])('refuses a %s that the design does not define, by name', async (_thing, shape, named) => {
    const { outcome, told } = await toldFor('apply_node_networking', {
      node: { ...node, interfaces: [shape] },
      site,
      deviceNames,
    });
    expect(told).toEqual([]);
    expect(outcome).toMatchObject({
      errorClass: 'invalid_design',
      reason: expect.stringContaining(`interface bond0 of node n1 names the ${named}`),
    });
  });
});

describe('devices', () => {
  const node = compiledNode({
    deviceAliases: [alias('boot'), alias('other')],
    storage: { devices: [disk('boot'), disk('sdz')], volumeGroups: [] },
  });
  const withProblem = (name: string, kind: 'absent' | 'ambiguous') =>
    namesOf({ boot: 'sda', [name]: name }, new Map([[name, { kind, detail: 'it is so' }]]));

  it('of the storage have their OS names', async () => {
    const { input } = await toldFor('apply_node_storage', { node, deviceNames: namesOf({ boot: 'sda' }) });
    expect(input).toMatchObject({ devices: [{ name: 'sda' }, { name: 'sdz' }] });
  });

  it('that are ambiguous are refused before a driver is asked', async () => {
    const { outcome, told } = await toldFor('apply_node_storage', {
      node,
      deviceNames: withProblem('boot', 'ambiguous'),
    });
    expect(told).toEqual([]);
    expect(outcome).toMatchObject({
      errorClass: 'ambiguous',
      reason: 'device alias boot of node n1: it is so; make the pattern in the hardware profile fit one device',
    });
  });

  it.each(['absent', 'ambiguous'] as const)('that are %s and not used are not mentioned', async (kind) => {
    const { outcome } = await toldFor('apply_node_storage', { node, deviceNames: withProblem('other', kind) });
    expect(outcome.notes.map(({ text }) => text)).toEqual(['apply_node_storage is done']);
  });

  it('that are absent are looked for by their alias, and the user is told', async () => {
    const { outcome, input } = await toldFor('apply_node_storage', {
      node,
      deviceNames: withProblem('boot', 'absent'),
    });
    expect(input).toMatchObject({ devices: [{ name: 'boot' }, { name: 'sdz' }] });
    expect(outcome.notes.map(({ text }) => text)).toEqual([
      'device alias boot of node n1: it is so; correct the alias in the hardware profile if the device is missing; ' +
        'looking for a device named boot',
      'apply_node_storage is done',
    ]);
  });

  it('of a machine without inventory are looked for as they stand in the design, and the user is told', async () => {
    const { outcome } = await toldFor('apply_node_storage', { node });
    expect(outcome.notes[0]?.text).toContain(
      'no hardware inventory of node n1 is stored; looking for devices named boot',
    );
  });

  it('are mentioned in the first call of an attempt only', async () => {
    const drivers = { ...none, node: recordingDrivers().node };
    const later = stepContextStub({ progress: { format: 1 } });
    const outcome = await runVerb('apply_node_storage', drivers, materialOf({ node }), later);
    expect(outcome.notes.map(({ text }) => text)).toEqual(['apply_node_storage is done']);
  });
});

describe('the rest of the inputs', () => {
  it('platform: the kernel command line and the tags', async () => {
    const node = compiledNode({ kernelParameters: [['quiet', 'True']], tags: ['compute'] });
    const { input } = await toldFor('apply_node_platform', { node });
    expect(input).toMatchObject({ kernelParameters: 'quiet', tags: ['compute'] });
  });

  it('platform: parameters that contradict each other are refused', async () => {
    const node = compiledNode({ kernelParameters: [['hugepagesz', '1G']] });
    const { outcome } = await toldFor('apply_node_platform', { node });
    expect(outcome).toMatchObject({ kind: 'failed', errorClass: 'invalid_design' });
  });

  it('deploy: image, kernel, owner data and the packages of the boot actions that target the node', async () => {
    const list = (packages: Readonly<Record<string, string | null>>) => ({
      type: 'pkg_list' as const,
      path: null,
      location: null,
      locationPipeline: [],
      data: null,
      packages,
      dataPipeline: [],
      permissions: null,
    });
    const action = (name: string, ...assets: ReturnType<typeof list>[]) => ({
      name,
      isSignaling: true,
      assets,
      targetNodes: [],
    });
    const site = compiledSite({
      bootActions: [
        action('first', list({ htop: '1', curl: null })),
        action('others', list({ nginx: null })),
        action('second', list({ htop: '2' }), list({ jq: null })),
      ],
    });
    const node = compiledNode({ ownerData: { rack: 'r1' }, bootActions: ['first', 'second'] });
    const { input } = await toldFor('deploy_node', { node, site });
    expect(input).toMatchObject({
      image: 'focal',
      kernel: 'hwe-20.04',
      ownerData: { rack: 'r1' },
      bootActionKey: null,
      packages: { htop: '2', curl: null, jq: null },
    });
    expect(Object.keys((input as { packages: object }).packages)).not.toContain('nginx');
  });

  it.each([
    ['create_network_template', { links: [networkLink('data')], networks: [network('mgmt')] }],
    ['configure_user_credentials', { authorizedKeys: ['ssh-ed25519 AAAA'] }],
    ['configure_node_provisioner', { repositories: { removeUnlisted: true, entries: [] } }],
  ] as const)('%s: its part of the site', async (verb, expected) => {
    const site = compiledSite({
      networkLinks: [networkLink('data')],
      networks: [network('mgmt')],
      authorizedKeys: ['ssh-ed25519 AAAA'],
      repositories: { removeUnlisted: true, entries: [] },
    });
    const { input } = await toldFor(verb, { site, node: null });
    expect(input).toEqual(expected);
  });

  it('provisioner: a repository has the user info of its URL back', async () => {
    const entry = (url: string) => ({
      name: 'private',
      type: 'apt' as const,
      url,
      arches: [],
      distributions: [],
      components: [],
      subrepositories: [],
      gpgKey: null,
      options: {},
    });
    const site = compiledSite({ repositories: { removeUnlisted: false, entries: [entry('http://mirror/ubuntu')] } });
    const secrets = new Map([['/repositories/entries/0/url', 'http://me:pw@mirror/ubuntu']]);
    const { input } = await toldFor('configure_node_provisioner', { site, node: null, secrets });
    expect(input).toMatchObject({ repositories: { entries: [{ url: 'http://me:pw@mirror/ubuntu' }] } });
  });

  it('relabel: owner data are the labels', async () => {
    const { input } = await toldFor('relabel_node', { node: compiledNode({ ownerData: { ucp: 'worker' } }) });
    expect(input).toEqual({ nodeName: 'n1', labels: { ucp: 'worker' } });
  });
});

it('counts a node with boot actions as deployed, and says that nothing reports', async () => {
  const { outcome } = await toldFor('bootaction_report', { node: compiledNode({ bootActions: ['hello', 'seccomp'] }) });
  expect(outcome).toEqual({
    kind: 'done',
    notes: [
      {
        text:
          'boot actions hello, seccomp of node n1 are not delivered by this version, ' +
          'so nothing reports and the node counts as deployed',
        isError: false,
        contextType: 'node',
        context: 'n1',
      },
    ],
  });
});
