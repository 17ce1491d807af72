import type { DeviceAlias } from '@drydock/model';
import { readLshwDevices, type LshwDevice } from './lshw-devices.js';

/** Why an alias of the design names no single device. */
export interface DeviceProblem {
  /** `absent`: no such device. `ambiguous`: several. `bad_pattern`: no regular expression. `unreadable`: no lshw document. */
  readonly kind: 'absent' | 'ambiguous' | 'bad_pattern' | 'unreadable';
  readonly detail: string;
}

/** Which OS device each alias of a node's hardware profile is (reference 04 §7.1). */
export interface DeviceNames {
  /** Alias to OS name; to itself where there is a problem. */
  readonly names: ReadonlyMap<string, string>;
  /** By alias. */
  readonly problems: ReadonlyMap<string, DeviceProblem>;
}

const patternMark = 'regexp:';

/** Reads the newest `lshw` document of a node and looks up every alias in it. Pure; parse once and keep the answer. */
export function readDeviceNames(lshw: string, aliases: readonly DeviceAlias[]): DeviceNames {
  const devices = readDevices(lshw);
  const names = new Map<string, string>();
  const problems = new Map<string, DeviceProblem>();
  for (const alias of aliases) {
    const found = 'kind' in devices ? devices : findDevice(devices, alias);
    if (typeof found === 'string') {
      names.set(alias.alias, found);
    } else {
      names.set(alias.alias, alias.alias);
      problems.set(alias.alias, found);
    }
  }
  return { names, problems };
}

function readDevices(lshw: string): readonly LshwDevice[] | DeviceProblem {
  try {
    return readLshwDevices(lshw);
  } catch (error) {
    return { kind: 'unreadable', detail: `the stored inventory is not an lshw document: ${messageOf(error)}` };
  }
}

function findDevice(devices: readonly LshwDevice[], alias: DeviceAlias): string | DeviceProblem {
  if (alias.address.includes(patternMark)) return findByPattern(devices, alias.address.replace(patternMark, ''));
  const busInfo = `${alias.busType}@${alias.address}`;
  const device = devices.find((candidate) => candidate.busInfo === busInfo);
  return device?.name ?? { kind: 'absent', detail: `no device has the bus address ${busInfo}` };
}

/** Only network devices; the pattern is anchored at the start of the address; no `pci@` before it (02 §4.7). */
function findByPattern(devices: readonly LshwDevice[], pattern: string): string | DeviceProblem {
  const expression = compile(pattern);
  if ('kind' in expression) return expression;
  const matches = devices
    .filter((device) => device.isNetwork)
    .map(({ busInfo, name }) => ({ address: busInfo.replace(/^pci@/, ''), name }))
    .filter(({ address }) => {
      expression.lastIndex = 0;
      return expression.test(address);
    })
    .sort((left, right) => (left.address < right.address ? -1 : Number(left.address > right.address)));
  const [first] = matches;
  if (!first) return { kind: 'absent', detail: `no network device has a bus address that begins with ${pattern}` };
  if (matches.length === 1) return first.name;
  const list = matches.map(({ address, name }) => `${name} at ${address}`).join(', ');
  return { kind: 'ambiguous', detail: `${pattern} fits ${list}` };
}

/** Sticky, so that a match begins at the start of the address. */
function compile(pattern: string): RegExp | DeviceProblem {
  try {
    return new RegExp(pattern, 'y');
  } catch (error) {
    return { kind: 'bad_pattern', detail: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
