import {
  choiceField,
  containerField,
  flagField,
  numberField,
  scalarMapField,
  textField,
  textListField,
  textMapField,
  uncheckedTextField,
  type FieldCase,
  type KindCases,
  type ValueCase,
} from './field-case.js';

const badFormat = ['advice DD001 format', 'advice DD001 format'] as const;
const missedType = ['advice DD001 type', 'advice DD001 type'] as const;
const wrongType = ['error DD001 type', 'error DD001 type'] as const;
const wanted = ['error DD000 required', 'error DD000 required'] as const;
const ignored = ['warning DD001 ignored', 'warning DD001 ignored'] as const;

const uncheckedNumbers: readonly ValueCase[] = [
  ['"1500"', 1500, ...missedType],
  ['true', 1, ...missedType],
];

const modelText: Partial<FieldCase> = { missing: wanted, values: [['null', null, ...wanted]] };

export const hardwareProfile: KindCases = {
  kind: 'HardwareProfile',
  body: {
    device_aliases: { nic1: { address: '0000:00:03.0', bus_type: 'pci' } },
    hugepages: { large: { size: '1G', count: 3 } },
  },
  fields: [
    textField('vendor'),
    textField('generation'),
    textField('hw_version'),
    textField('bios_version'),
    choiceField('boot_mode', ['bios', 'uefi']),
    choiceField('bootstrap_protocol', ['pxe', 'usb', 'hdd']),
    numberField('pxe_interface'),
    containerField('device_aliases', {}),
    uncheckedTextField('device_aliases.nic1.address', {
      ...modelText,
      values: [...(modelText.values ?? []), ['0000:00:03.0', '3.0', ...missedType]],
    }),
    uncheckedTextField('device_aliases.nic1.bus_type', modelText),
    uncheckedTextField('device_aliases.nic1.dev_type'),
    textMapField('cpu_sets'),
    containerField('hugepages', {}),
    uncheckedTextField('hugepages.large.size', modelText),
    numberField('hugepages.large.count', {
      missing: wanted,
      values: [...uncheckedNumbers, ['-1', -1, 'error DD000 value', 'error DD000 value'], ['null', null, ...wanted]],
    }),
  ],
};

const oobAt = (key: string): Partial<FieldCase> => ({
  readAt: `oob.parameters.${key}`,
  absent: undefined,
  values: [
    ['null', '', ...wrongType],
    ['[word]', '', ...wrongType],
  ],
});

const uuid = '0f5e8e5a-6d2c-4b2f-9d53-0b5c8f6f3a11';
const uuidField: Partial<FieldCase> = {
  values: [
    [uuid, uuid, '', ''],
    ['word', 'word', ...badFormat],
    ['"5"', '5', ...badFormat],
    ["'!'", '!', '', ''],
  ],
};

const partition = 'storage.physical_devices.sda.partitions.0';
const volume = 'storage.volume_groups.vg.logical_volumes.0';
const noFilesystem = { mountpoint: null, fstype: null, mount_options: null, fs_uuid: null, fs_label: null };

/** What has a required name. */
const named: Partial<FieldCase> = {
  beside: {
    storage: {
      physical_devices: { sda: { partitions: [{ name: 'root' }] } },
      volume_groups: { vg: { logical_volumes: [{ name: 'log' }] } },
    },
  },
};

const besideNames = (fields: readonly FieldCase[]): readonly FieldCase[] =>
  fields.map((field) => ({ ...field, ...named }));

const deviceFields: readonly FieldCase[] = [
  containerField('storage', { physical_devices: {}, volume_groups: {} }),
  containerField('storage.physical_devices', {}),
  textMapField('storage.physical_devices.sda.labels'),
  textField('storage.physical_devices.sda.volume_group'),
  containerField('storage.physical_devices.sda.partitions', []),
];

const partitionFields = besideNames([
  textField(`${partition}.name`, { missing: wanted, values: [['null', null, ...wrongType]] }),
  textField(`${partition}.size`),
  textField(`${partition}.part_uuid`, uuidField),
  textMapField(`${partition}.labels`),
  flagField(`${partition}.bootable`),
  textField(`${partition}.volume_group`),
  {
    ...containerField(`${partition}.filesystem`, noFilesystem),
    absent: null,
    values: [
      ['{}', noFilesystem, '', ''],
      ['null', null, 'error DD001 type', 'advice DD001 type'],
      ['word', noFilesystem, ...wrongType],
    ],
  },
  textField(`${partition}.filesystem.mountpoint`),
  textField(`${partition}.filesystem.fstype`),
  textField(`${partition}.filesystem.mount_options`),
  textField(`${partition}.filesystem.fs_uuid`, uuidField),
  textField(`${partition}.filesystem.fs_label`),
]);

const volumeGroupFields: readonly FieldCase[] = [
  containerField('storage.volume_groups', {}),
  textField('storage.volume_groups.vg.vg_uuid'),
  containerField('storage.volume_groups.vg.logical_volumes', []),
];

const volumeFields = besideNames([
  uncheckedTextField(`${volume}.name`, { missing: wanted, values: [['null', null, ...wrongType]] }),
  uncheckedTextField(`${volume}.lv_uuid`, { values: uuidField.values?.filter(([yaml]) => yaml !== '"5"') ?? [] }),
  uncheckedTextField(`${volume}.size`),
  textField(`${volume}.filesystem.mountpoint`),
  textField(`${volume}.filesystem.fstype`),
  textField(`${volume}.filesystem.mount_options`),
  textField(`${volume}.filesystem.fs_uuid`, uuidField),
  textField(`${volume}.filesystem.fs_label`),
]);

const hostFields: readonly FieldCase[] = [
  textField('host_profile'),
  textField('hardware_profile'),
  textField('primary_network'),
  containerField('oob', { type: null, parameters: {} }),
  textField('oob.type'),
  textField('oob.network', oobAt('network')),
  textField('oob.account', oobAt('account')),
  textField('oob.credential', oobAt('credential')),
  {
    field: 'oob.libvirt_uri',
    readAt: 'oob.parameters.libvirt_uri',
    absent: undefined,
    values: [
      ['qemu+ssh://hypervisor', 'qemu+ssh://hypervisor', '', ''],
      ['5', '5', '', ''],
      ['null', '', 'error DD000 value', 'error DD000 value'],
      ['[word]', '', 'error DD000 value', 'error DD000 value'],
    ],
  },
  ...deviceFields,
  ...partitionFields,
  ...volumeGroupFields,
  ...volumeFields,
  containerField('platform', { image: null, kernel: null, kernel_params: {} }),
  textField('platform.image'),
  textField('platform.kernel'),
  scalarMapField('platform.kernel_params'),
  containerField('metadata', { tags: [], owner_data: {}, rack: null, boot_mac: null }),
  textListField('metadata.tags'),
  textMapField('metadata.owner_data'),
  textField('metadata.rack'),
  containerField('interfaces', {}, [['{nic1: null}', { nic1: null }, '', '']]),
  textField('interfaces.nic1.device_link'),
  textListField('interfaces.nic1.slaves'),
  textListField('interfaces.nic1.networks'),
  {
    field: 'interfaces.nic1.labels',
    absent: null,
    values: [
      ['{a: b}', null, '', ''],
      ['5', null, '', ''],
    ],
  },
];

const uncheckedFlags: readonly ValueCase[] = [
  ['"false"', true, ...missedType],
  ['0', false, ...missedType],
  ['null', null, ...missedType],
];

const mac = '52:54:00:00:00:0a';

export const hostProfile: KindCases = {
  kind: 'HostProfile',
  body: {},
  fields: [
    ...hostFields,
    numberField('interfaces.nic1.sriov.vf_count'),
    flagField('interfaces.nic1.sriov.trustmode'),
    flagField('interfaces.nic1.sriov.trustedmode', { values: uncheckedFlags }),
    {
      field: 'metadata.boot_mac',
      absent: null,
      values: [[mac, mac, ...ignored]],
    },
  ],
};

const addressAt = (key: string): FieldCase =>
  textField(`addressing.0.${key}`, {
    missing: wanted,
    values: [
      ["''", null, ...wanted],
      ['null', null, ...wrongType],
    ],
  });

export const baremetalNode: KindCases = {
  kind: 'BaremetalNode',
  body: { addressing: [{ network: 'mgmt', address: 'dhcp' }] },
  fields: [
    ...hostFields,
    numberField('interfaces.nic1.sriov.vf_count', { values: [...uncheckedNumbers, ['null', null, ...missedType]] }),
    flagField('interfaces.nic1.sriov.trustmode', { values: uncheckedFlags }),
    flagField('interfaces.nic1.sriov.trustedmode', { values: uncheckedFlags }),
    textField('metadata.boot_mac', {
      values: [
        [mac, mac, '', ''],
        ['word', 'word', ...badFormat],
        ['"5"', '5', ...badFormat],
      ],
    }),
    {
      field: 'addressing',
      absent: [],
      missing: wanted,
      values: [
        ['[]', [], ...wanted],
        ['null', [], 'error DD001 type', 'advice DD001 type'],
        ['word', [], ...wrongType],
        ['[null]', [{ address: null, network: null }], 'error DD001 type', 'advice DD001 type'],
      ],
    },
    addressAt('address'),
    addressAt('network'),
  ],
};
