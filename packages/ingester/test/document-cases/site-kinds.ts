import {
  choiceField,
  containerField,
  eachText,
  flagField,
  labelsField,
  numberField,
  textField,
  textListField,
  textMapField,
  uncheckedTextField,
  type FieldCase,
  type KindCases,
} from './field-case.js';

const badFormat = ['advice DD001 format', 'advice DD001 format'] as const;
const missedRequired = ['advice DD001 required', 'advice DD001 required'] as const;
const missedChoice = ['advice DD001 choice', 'advice DD001 choice'] as const;
const missedType = ['advice DD001 type', 'advice DD001 type'] as const;
const wrongType = ['error DD001 type', 'error DD001 type'] as const;
const coerced = ['error DD001 type', 'advice DD001 type'] as const;
const ignored = ['warning DD001 ignored', 'warning DD001 ignored'] as const;

const repositoryAt = (key: string): string => `repositories.entries.0.${key}`;

function uncheckedList(key: string): FieldCase {
  return textListField(`repositories.tools.${key}`, {
    readAt: repositoryAt(key),
    values: [
      ['[5]', ['5'], ...missedType],
      ['[null]', [''], '', ''],
    ],
  });
}

/** The schema of a repository was never applied. */
const repositoryFields: readonly FieldCase[] = [
  textField('repositories.tools.repo_type', {
    readAt: repositoryAt('repo_type'),
    absent: 'apt',
    missing: missedRequired,
    values: [
      ['apt', 'apt', '', ''],
      ['rpm', 'rpm', '', ''],
      ...eachText(['word', '"5"', '5', '1.0', 'yes', '2020-01-02', '[word]'], 'apt', missedChoice),
      ['null', 'apt', ...missedRequired],
    ],
  }),
  uncheckedTextField('repositories.tools.url', {
    readAt: repositoryAt('url'),
    absent: '',
    missing: missedRequired,
    values: [
      ['https://packages.example.test/', 'https://packages.example.test/', '', ''],
      ['word', 'word', ...badFormat],
      ['null', '', ...missedRequired],
      ['[word]', '', 'error DD000 value', 'error DD000 value'],
    ],
  }),
  {
    ...uncheckedList('arches'),
    absent: ['amd64'],
    missing: missedRequired,
    values: [
      ['[arm64]', ['arm64'], '', ''],
      ['[5]', ['5'], ...missedType],
      ['null', ['amd64'], ...missedRequired],
      ['word', [], ...wrongType],
    ],
  },
  uncheckedList('distributions'),
  uncheckedList('components'),
  uncheckedList('subrepos'),
  uncheckedTextField('repositories.tools.gpgkey', { readAt: repositoryAt('gpgkey') }),
  textMapField('repositories.tools.options', {
    readAt: repositoryAt('options'),
    values: [
      ['{a: 5}', { a: '5' }, ...missedType],
      ['{a: null}', { a: '' }, '', ''],
    ],
  }),
];

export const region: KindCases = {
  kind: 'Region',
  body: {
    tag_definitions: [{ tag: 'fast', definition_type: 'lshw_xpath', definition: '//node' }],
    repositories: { tools: { repo_type: 'apt', url: 'https://packages.example.test/', arches: ['amd64'] } },
  },
  fields: [
    containerField('tag_definitions', []),
    textField('tag_definitions.0.tag'),
    {
      field: 'tag_definitions.0.definition_type',
      absent: null,
      missing: ['error DD000 required', 'error DD000 required'],
      values: [
        ['lshw_xpath', 'lshw_xpath', '', ''],
        ['lshw', null, 'error DD001 choice', 'error DD001 choice'],
        ['null', null, ...wrongType],
      ],
    },
    textField('tag_definitions.0.definition'),
    textListField('authorized_keys'),
    containerField('repositories', { remove_unlisted: null, entries: [] }),
    flagField('repositories.remove_unlisted'),
    {
      field: 'repositories.tools.name',
      readAt: repositoryAt('name'),
      absent: 'tools',
      values: [['other', 'tools', 'error DD000 value', 'error DD000 value']],
    },
    ...repositoryFields,
  ],
};

const switchAddress: Partial<FieldCase> = {
  values: [
    ['10.0.0.1', '10.0.0.1', '', ''],
    ['"fe80::1"', 'fe80::1', '', ''],
    ['word', 'word', ...badFormat],
  ],
};

const switchUrl: Partial<FieldCase> = {
  values: [
    ['polo+https://sdn.example.test/?switch=tor1', 'polo+https://sdn.example.test/?switch=tor1', '', ''],
    ['word', 'word', ...badFormat],
  ],
};

const typedLocation: Partial<FieldCase> = {
  absent: undefined,
  values: [
    ['null', '', ...coerced],
    ['[word]', '', ...wrongType],
  ],
};

export const rack: KindCases = {
  kind: 'Rack',
  body: {},
  fields: [
    containerField('tor_switches', {}),
    uncheckedTextField('tor_switches.tor1.mgmt_ip', switchAddress),
    uncheckedTextField('tor_switches.tor1.sdn_api_uri', switchUrl),
    uncheckedTextField('tor_switches.tor1.sdn_api_url', switchUrl),
    containerField('location', {}, [
      ['{floor: 2, lift: false, clli: A, door: null}', { floor: '2', lift: 'False', clli: 'A', door: '' }, '', ''],
      ['{at: [1, 2], grid: A1}', { at: '', grid: 'A1' }, ...missedType],
      ['{5: x}', {}, 'error DD000 value', 'error DD000 value'],
    ]),
    textField('location.clli', typedLocation),
    textField('location.grid', typedLocation),
    textListField('local_networks'),
    containerField('labels', {}, [
      ['{a: b, c: 5, d: null}', { a: 'b', c: '5', d: '' }, '', ''],
      ['{a: [b]}', { a: '' }, ...missedType],
    ]),
  ],
};

const noBonding = { mode: null, hash: null, peer_rate: null, mon_rate: null, up_delay: null, down_delay: null };

/** Bonded, so that nothing of the bond is ignored. */
export const networkLink: KindCases = {
  kind: 'NetworkLink',
  body: { allowed_networks: [], bonding: { mode: '802.3ad' } },
  fields: [
    containerField('bonding', noBonding, [
      ['{mode: disabled, hash: layer2}', { ...noBonding, mode: 'disabled', hash: 'layer2' }, ...ignored],
      ['{up_delay: 5}', { ...noBonding, up_delay: 5 }, ...ignored],
      [
        '{mode: active-backup, peer_rate: slow}',
        { ...noBonding, mode: 'active-backup', peer_rate: 'slow' },
        ...ignored,
      ],
      ['{mode: balance-rr, mon_rate: 5}', { ...noBonding, mode: 'balance-rr', mon_rate: 5 }, '', ''],
    ]),
    choiceField('bonding.mode', ['disabled', '802.3ad', 'balance-rr', 'active-backup'], 'DD000'),
    textField('bonding.hash'),
    textField('bonding.peer_rate', {
      values: [
        ['fast', 'fast', '', ''],
        ['slow', 'slow', '', ''],
        ...eachText(['word'], 'word', missedChoice),
        ['"5"', '5', ...missedChoice],
      ],
    }),
    numberField('bonding.mon_rate'),
    numberField('bonding.up_delay'),
    numberField('bonding.down_delay'),
    numberField('mtu'),
    textField('linkspeed'),
    containerField('trunking', { mode: null, default_network: null }),
    choiceField('trunking.mode', ['disabled', '802.1q'], 'DD000'),
    textField('trunking.default_network'),
    textListField('allowed_networks', {
      absent: null,
      missing: ['error DD000 required', 'error DD000 required'],
      values: [['null', null, ...wrongType]],
    }),
    labelsField('labels'),
  ],
};

const address: Partial<FieldCase> = {
  values: [
    ['10.0.0.1', '10.0.0.1', '', ''],
    ['"fe80::1"', 'fe80::1', '', ''],
    ['word', 'word', ...badFormat],
    ['"5"', '5', ...badFormat],
  ],
};

export const network: KindCases = {
  kind: 'Network',
  body: { cidr: '10.0.0.0/24' },
  fields: [
    textField('cidr', {
      missing: ['error DD000 required', 'error DD000 required'],
      values: [['null', null, ...wrongType]],
    }),
    textField('vlan'),
    numberField('mtu'),
    textField('routedomain'),
    containerField('ranges', []),
    textField('ranges.0.type'),
    textField('ranges.0.start', address),
    textField('ranges.0.end', address),
    containerField('routes', []),
    textField('routes.0.subnet', {
      values: [
        ['0.0.0.0/0', '0.0.0.0/0', '', ''],
        ['word', 'word', ...badFormat],
        ['"5"', '5', ...badFormat],
      ],
    }),
    textField('routes.0.gateway', address),
    numberField('routes.0.metric'),
    textField('routes.0.routedomain'),
    containerField('dns', { domain: null, servers: null }),
    textField('dns.domain'),
    textField('dns.servers'),
    containerField('dhcp_relay', { self_ip: null, upstream_target: null }),
    textField('dhcp_relay.self_ip', address),
    textField('dhcp_relay.upstream_target', address),
    labelsField('labels'),
  ],
};
