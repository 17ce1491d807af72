import { aboutLink, type ValidationRule } from '../validation-rule.js';

const delayedModes: ReadonlySet<string> = new Set(['802.3ad', 'active-backup']);

/** active-backup is checked like 802.3ad; the original crashed on it (02 §6.3). */
export const networkBond: ValidationRule = {
  id: 'network.bond',
  code: 'DD1006',
  title: 'Network Bond Rationality',
  passed: 'the delays of every bond fit its monitor rate',
  check({ site: { networkLinks } }, report) {
    for (const { name, bonding } of networkLinks) {
      if (!delayedModes.has(bonding.mode)) continue;
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
  },
};
