import { describe, expect, it } from '@jest/globals';
import type { DeviceAlias } from '@drydock/model';
import { readDeviceNames } from './device-names.js';

const alias = (name: string, busType: string, address: string): DeviceAlias => ({
  alias: name,
  busType,
  address,
  deviceType: null,
});

const element = (kind: string, parts: { bus?: string; name?: string; inside?: string }): string =>
  [
    `<node id="x" class="${kind}"><description>a &amp; b</description>`,
    parts.bus ? `<businfo>${parts.bus}</businfo>` : '',
    parts.name ? `<logicalname>${parts.name}</logicalname>` : '',
    '<capabilities><capability id="bus_master">bus mastering</capability></capabilities>',
    parts.inside ?? '',
    '</node>',
  ].join('');

const machine = (...inside: readonly string[]): string =>
  `<?xml version="1.0" standalone="yes" ?><!-- lshw --><list>${element('system', {
    inside: element('bus', { inside: inside.join('') }),
  })}</list>`;

const eno1 = element('network', { bus: 'pci@0000:00:03.0', name: 'eno1' });
const sda = element('storage', {
  bus: 'pci@0000:01:00.0',
  inside: element('disk', { bus: 'scsi@2:0.0.0', name: '/dev/sda</logicalname><logicalname>/mnt' }),
});

describe('the vectors of the reference (04 §17.2)', () => {
  const names = readDeviceNames(machine(eno1, sda), [
    alias('prim_nic01', 'pci', '0000:00:03.0'),
    alias('prim_nic02', 'pci', '0000:00:04.0'),
    alias('primary_boot', 'scsi', '2:0.0.0'),
  ]);

  it('give every alias a name, and itself to the one that names nothing', () => {
    expect(Object.fromEntries(names.names)).toEqual({
      prim_nic01: 'eno1',
      prim_nic02: 'prim_nic02',
      primary_boot: 'sda',
    });
  });

  it('report the one that names nothing', () => {
    expect(Object.fromEntries(names.problems)).toEqual({
      prim_nic02: { kind: 'absent', detail: 'no device has the bus address pci@0000:00:04.0' },
    });
  });
});

describe('a plain address', () => {
  it.each([
    ['is compared whole', machine(element('network', { bus: 'pci@0000:00:03.01', name: 'eno2' }))],
    ['needs the same kind of bus', machine(element('network', { bus: 'usb@0000:00:03.0', name: 'eno2' }))],
    ['needs an OS name', machine(element('network', { bus: 'pci@0000:00:03.0' }))],
  ])('%s', (_case, lshw) => {
    const found = readDeviceNames(lshw, [alias('nic', 'pci', '0000:00:03.0')]);
    expect(found.names.get('nic')).toBe('nic');
    expect(found.problems.get('nic')?.kind).toBe('absent');
  });

  it('finds a device whose document has the machine itself as its root', () => {
    const found = readDeviceNames(element('system', { inside: eno1 }), [alias('nic', 'pci', '0000:00:03.0')]);
    expect(found.names.get('nic')).toBe('eno1');
  });
});

describe('a pattern', () => {
  const lookUp = (pattern: string, ...devices: readonly string[]) => {
    const found = readDeviceNames(machine(...devices), [alias('nic', 'pci', `regexp:${pattern}`)]);
    return found.problems.get('nic') ?? found.names.get('nic');
  };

  it.each([
    ['fits the beginning of an address', '0000:00:0[2-4]', [eno1], 'eno1'],
    ['is tried without the kind of bus', '0000', [eno1], 'eno1'],
    [
      'passes over network devices without address or name',
      '0000:00',
      [element('network', { bus: 'pci@0000:00:01.0' }), element('network', { name: 'lo' }), eno1],
      'eno1',
    ],
    ['passes over everything that is no network device', '0000:0[01]', [sda, eno1], 'eno1'],
  ])('%s', (_case, pattern, devices, expected) => {
    expect(lookUp(pattern, ...devices)).toBe(expected);
  });

  it.each([
    ['is not found inside an address', '00:03', [eno1], 'absent'],
    ['may fit nothing', '0000:7f', [eno1], 'absent'],
    ['never finds a disk', '2:0', [sda], 'absent'],
    ['that is no regular expression is reported', '0000:(', [eno1], 'bad_pattern'],
  ])('%s', (_case, pattern, devices, kind) => {
    expect(lookUp(pattern, ...devices)).toMatchObject({ kind });
  });

  it('that fits several devices is reported with all of them, in the order of their addresses', () => {
    const eno9 = element('network', { bus: 'pci@0000:00:02.0', name: 'eno9' });
    expect(lookUp('0000:00', eno1, eno9)).toEqual({
      kind: 'ambiguous',
      detail: '0000:00 fits eno9 at 0000:00:02.0, eno1 at 0000:00:03.0',
    });
  });
});

it.each([
  ['is empty', ''],
  ['is cut off', '<list><node class="sys'],
  ['is something else', '<html><body>502</body></html>'],
  ['is no XML', 'lshw: command not found'],
])('a document that %s names no device and says so', (_case, lshw) => {
  const found = readDeviceNames(lshw, [alias('nic', 'pci', '0000:00:03.0')]);
  expect(found.names.get('nic')).toBe('nic');
  expect(found.problems.get('nic')?.kind).toBe('unreadable');
});

it('expands no entity that a machine declares', () => {
  const bomb = `<!DOCTYPE l [<!ENTITY x "eno1">]>${machine(element('network', { bus: 'pci@1', name: '&x;' }))}`;
  expect(readDeviceNames(bomb, [alias('nic', 'pci', '1')]).names.get('nic')).toBe('&x;');
});
