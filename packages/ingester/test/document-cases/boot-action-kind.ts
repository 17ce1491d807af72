import {
  choiceField,
  containerField,
  flagField,
  scalarMapField,
  textField,
  textListField,
  type FieldCase,
  type KindCases,
} from './field-case.js';

const wrongType = ['error DD001 type', 'error DD001 type'] as const;
const badPattern = ['error DD001 format', 'advice DD001 format'] as const;
const badValue = ['error DD000 value', 'error DD000 value'] as const;
const badChoice = ['error DD001 choice', 'error DD001 choice'] as const;
const ignored = ['warning DD001 ignored', 'warning DD001 ignored'] as const;

const pipeline = (field: string): FieldCase => ({
  field,
  absent: null,
  values: [
    ['[template]', ['template'], '', ''],
    ['[]', [], '', ''],
    ['null', null, '', ''],
    ['[rot13]', [''], ...badChoice],
    ['[null]', [''], 'error DD001 type', 'advice DD001 type'],
    ['template', [], ...wrongType],
  ],
});

const setOperation = (field: string): FieldCase => ({
  ...choiceField(field, ['union', 'intersection']),
  missing: ['error DD000 required', 'error DD000 required'],
  values: [
    ['union', 'union', '', ''],
    ['intersection', 'intersection', '', ''],
    ['Union', null, ...badChoice],
    ['null', null, ...wrongType],
  ],
});

export const bootAction: KindCases = {
  kind: 'BootAction',
  body: {
    assets: [{ type: 'file' }],
    node_filter: { filter_set_type: 'union', filter_set: [{ filter_type: 'union' }] },
  },
  fields: [
    flagField('signaling'),
    {
      field: 'assets',
      absent: null,
      missing: ['error DD000 required', 'error DD000 required'],
      values: [
        ['[]', [], '', ''],
        ['null', null, ...wrongType],
        ['{}', [], ...wrongType],
      ],
    },
    {
      field: 'assets.0.type',
      absent: null,
      missing: ['error DD001 required', 'error DD001 required'],
      values: [
        ['unit', 'unit', '', ''],
        ['file', 'file', '', ''],
        ['pkg_list', 'pkg_list', '', ''],
        ['script', null, ...badChoice],
        ['null', null, ...wrongType],
      ],
    },
    textField('assets.0.path', {
      values: [
        ['/usr/local/bin/hello', '/usr/local/bin/hello', '', ''],
        ['word', 'word', ...badPattern],
        ['/', '/', ...badPattern],
        ['"5"', '5', ...badPattern],
      ],
    }),
    textField('assets.0.location'),
    {
      ...pipeline('assets.0.location_pipeline'),
      beside: { assets: [{ type: 'file', location: 'https://assets.example.test/x' }] },
    },
    {
      field: 'assets.0.location_pipeline',
      absent: null,
      values: [['[template]', ['template'], ...ignored]],
    },
    {
      field: 'assets.0.data',
      absent: null,
      values: [
        ['text', 'text', '', ''],
        ['{2ping: 3.2.1-1, chrony: null, "": x}', { '2ping': '3.2.1-1', chrony: null, '': 'x' }, '', ''],
        ['{chrony: 1.10}', { chrony: null }, ...wrongType],
        ['{0xffff: null}', {}, ...badValue],
        ['null', null, 'error DD001 type', 'advice DD001 type'],
        ['5', null, ...wrongType],
        ['[chrony]', null, ...wrongType],
      ],
    },
    {
      ...pipeline('assets.0.data_pipeline'),
      values: [
        [
          '[base64_encode, template, base64_decode, utf8_encode, utf8_decode]',
          ['base64_encode', 'template', 'base64_decode', 'utf8_encode', 'utf8_decode'],
          '',
          '',
        ],
        ...pipeline('').values,
      ],
    },
    {
      field: 'assets.0.permissions',
      absent: null,
      values: [
        ["'755'", 0o755, '', ''],
        ["'0644'", 0o644, '', ''],
        ["'4755'", 0o4755, '', ''],
        ["'0o600'", 0o600, '', ''],
        ["'100644'", 0o644, 'warning DD000 value', 'warning DD000 value'],
        ["'0000000755'", 0o755, '', ''],
        ["'75'", 0o75, ...badPattern],
        ["'888'", null, ...badValue],
        ["'abc123'", null, ...badValue],
        ['755', null, ...wrongType],
        ['0755', null, ...wrongType],
        ['null', null, 'error DD001 type', 'advice DD001 type'],
      ],
    },
    {
      ...containerField('node_filter', null),
      values: [
        ['null', null, 'error DD001 type', 'advice DD001 type'],
        ['{}', { filter_set_type: null, filter_set: [] }, 'error DD000 required', 'error DD000 required'],
      ],
    },
    setOperation('node_filter.filter_set_type'),
    containerField('node_filter.filter_set', []),
    setOperation('node_filter.filter_set.0.filter_type'),
    textListField('node_filter.filter_set.0.node_names'),
    textListField('node_filter.filter_set.0.node_tags'),
    scalarMapField('node_filter.filter_set.0.node_labels'),
    textListField('node_filter.filter_set.0.rack_names'),
    scalarMapField('node_filter.filter_set.0.rack_labels'),
  ],
};
