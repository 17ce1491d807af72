import type { NetworkLink } from '@drydock/model';
import { aboutLink, type RuleReport, type ValidationRule } from '../validation-rule.js';

const delayedModes: ReadonlySet<string> = new Set(['802.3ad', 'active-backup']);
/** Linux bonding documentation, xmit_hash_policy; MAAS takes the same. */
const hashes: ReadonlySet<string> = new Set(['layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4']);

/**
 * active-backup is checked like 802.3ad; the original crashed on it (02 §6.3). Of options that do nothing in their
 * mode, reading documents speaks: compiling drops them.
 */
export const networkBond: ValidationRule = {
  id: 'network.bond',
  code: 'DD1006',
  title: 'Network Bond Rationality',
  check({ site: { networkLinks } }, report) {
    for (const link of networkLinks) {
      if (delayedModes.has(link.bonding.mode)) checkDelays(link, report);
      const { hash } = link.bonding;
      if (hash === null || hashes.has(hash)) continue;
      report.advice({
        message: `link ${link.name}: "${hash}" is no hash policy`,
        diagnostic: `write one of ${[...hashes].join(', ')}`,
        about: aboutLink(link.name),
        keys: ['bonding', 'hash'],
      });
    }
  },
};

function checkDelays({ name, bonding }: NetworkLink, report: RuleReport): void {
  const monitorRate = bonding.monitorRateMilliseconds ?? 0;
  const delays = { up_delay: bonding.upDelayMilliseconds, down_delay: bonding.downDelayMilliseconds };
  for (const [key, delay] of Object.entries(delays)) {
    if (delay === null || delay >= monitorRate) continue;
    report.error({
      message: `link ${name}: ${key} ${delay} is less than mon_rate ${monitorRate}`,
      diagnostic: `make ${key} at least mon_rate; both are milliseconds`,
      about: aboutLink(name),
      keys: ['bonding', key],
    });
  }
}
