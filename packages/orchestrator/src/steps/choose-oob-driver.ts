import type { CompiledNode, OobDriver, OutOfBand } from '@drydock/model';
import { driverSetting } from './driver-setting.js';
import { Refusal } from './refusal.js';

/** The first driver that names the node's out-of-band type. */
export function chooseOobDriver(
  drivers: readonly OobDriver[],
  node: CompiledNode,
): { readonly driver: OobDriver; readonly oob: OutOfBand } | Refusal {
  const { oob } = node;
  if (!oob) {
    return new Refusal(
      'unsupported',
      `node ${node.name} has no out-of-band stanza; set oob.type in the design of the node or of its host profile`,
    );
  }
  const driver = drivers.find((candidate) => candidate.types.includes(oob.type));
  if (driver) return { driver, oob };
  const known = [...new Set(drivers.flatMap((candidate) => candidate.types))];
  return new Refusal(
    'unsupported',
    `no out-of-band driver speaks ${oob.type}, the type of node ${node.name} ` +
      `(the worker has: ${known.join(', ') || 'none'}); ` +
      `change oob.type in the design, or choose a set of drivers that speaks ${oob.type} with ${driverSetting}`,
  );
}
