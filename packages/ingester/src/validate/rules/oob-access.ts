import type { CompiledDesign } from '@drydock/model';
import { aboutNode, type RuleReport } from '../validation-rule.js';

/** What a driver needs to reach a BMC by address: account, credential, a network of the design and an address on it. */
export interface OobAccess {
  readonly type: string;
  readonly level: 'error' | 'advice';
}

export function checkOobAccess({ nodes }: CompiledDesign, { type, level }: OobAccess, report: RuleReport): void {
  for (const node of nodes) {
    if (node.oob?.type !== type) continue;
    const { network, account, credential, address } = node.oob;
    const about = aboutNode(node.name);
    for (const [key, value] of Object.entries({ account, credential, network })) {
      if (value !== null && value !== '') continue;
      report[level]({
        message: `node ${node.name} has oob type ${type} without oob.${key}`,
        diagnostic: `set oob.${key} in the node or in a host profile that it inherits`,
        about,
        keys: ['oob'],
      });
    }
    if (address !== null || network === null || network === '') continue;
    report[level]({
      message: `node ${node.name} has no static address on its out-of-band network ${network}`,
      diagnostic: `add an address on ${network} to addressing`,
      about,
      keys: ['addressing'],
    });
  }
}
