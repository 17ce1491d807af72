import type { BulkObserver } from '@drydock/model';
import { notEnlisted, parseObservedKey, type ObservedKey } from './find/enlistment-key.js';
import { readMachines, type MachineDocument } from './resources/machine-document.js';
import type { Region } from './region.js';
import { observedValue } from './steps/machine-operation.js';

/** MAAS has no paging; longer queries make long answers and long URLs. */
const chunkSize = 100;
const gone = 'gone';
const enlisted = 'enlisted';

type Values = ReadonlyMap<string, string>;
type Reader = (region: Region, values: readonly string[], signal: AbortSignal) => Promise<Values>;

const readers = {
  machine: readStates,
  bmc: readBmcs,
  mac: readMacs,
} as const satisfies Record<ObservedKey['kind'], Reader>;

/** Reads the state of many waiting machines in few requests (reference 04 R-11). */
export function createMachineObserver(region: Region): BulkObserver {
  return {
    source: region.source,
    async read(keys, signal) {
      const parsed = keys.map((key) => ({ key, ...parseObservedKey(key) }));
      const kinds = [...new Set(parsed.map(({ kind }) => kind))];
      const answers = await Promise.all(
        kinds.map(async (kind) => {
          const wanted = parsed.filter((item) => item.kind === kind);
          const values = await readers[kind](
            region,
            wanted.map(({ value }) => value),
            signal,
          );
          return wanted.map(({ key, value }) => [key, values.get(value) ?? gone] as const);
        }),
      );
      return new Map(answers.flat());
    },
  };
}

async function readStates(region: Region, ids: readonly string[], signal: AbortSignal): Promise<Values> {
  const machines = await readChunks(region, { name: 'id', values: ids }, signal);
  const withMessage = region.settings.reportProgressMessages;
  return new Map(machines.map((machine) => [machine.system_id, observedValue(machine, withMessage)]));
}

/** One read for all; the steps that wake up share it. */
async function readBmcs(region: Region, addresses: readonly string[], signal: AbortSignal): Promise<Values> {
  region.powerAddresses.forget();
  const known = await region.powerAddresses.get(signal);
  return new Map(
    addresses.map((address) => [address, known.systemIdsByAddress.has(address) ? enlisted : notEnlisted] as const),
  );
}

async function readMacs(region: Region, macs: readonly string[], signal: AbortSignal): Promise<Values> {
  const machines = await readChunks(region, { name: 'mac_address', values: macs }, signal);
  const present = new Set(machines.flatMap(macsOf));
  return new Map(macs.map((mac) => [mac, present.has(mac) ? enlisted : notEnlisted] as const));
}

function macsOf(machine: MachineDocument): readonly string[] {
  const interfaces = Array.isArray(machine.interface_set) ? (machine.interface_set as readonly unknown[]) : [];
  return interfaces.flatMap((nic) => {
    const mac = (nic as { readonly mac_address?: unknown } | null)?.mac_address;
    return typeof mac === 'string' ? [mac.toLowerCase()] : [];
  });
}

async function readChunks(
  region: Region,
  filter: { readonly name: string; readonly values: readonly string[] },
  signal: AbortSignal,
): Promise<readonly MachineDocument[]> {
  const machines: MachineDocument[] = [];
  for (let start = 0; start < filter.values.length; start += chunkSize) {
    const query = { [filter.name]: filter.values.slice(start, start + chunkSize) };
    const answer = await region.client.read({ path: 'machines/', query, limit: 'listSeconds', lane: 'poll' }, signal);
    machines.push(...readMachines(answer));
  }
  return machines;
}
