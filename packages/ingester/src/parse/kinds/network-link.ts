import { oneOf } from '../shapes/choice-shape.js';
import { listOf, mapOf } from '../shapes/containers.js';
import { wholeNumber } from '../shapes/number-shapes.js';
import { required } from '../shapes/presence.js';
import { afterwards, section } from '../shapes/section.js';
import type { Shape } from '../shapes/shape.js';
import { labelText, text, textItem } from '../shapes/text-shapes.js';

const lacpKeys = ['hash', 'peer_rate'] as const;
const bondKeys = [...lacpKeys, 'mon_rate', 'up_delay', 'down_delay'] as const;

/** Documented as one of these and never checked; any other text goes to the provisioner as it is. */
const lacpRates: ReadonlySet<string> = new Set(['fast', 'slow']);

const peerRate: Shape<string | null> = (value, at) => {
  const rate = text(value, at);
  if (rate !== null && typeof value === 'string' && !lacpRates.has(rate)) {
    at.report('missedChoice', { message: 'must be fast or slow', advice: 'write fast or slow' });
  }
  return rate;
};

const bonding = afterwards(
  section({
    mode: oneOf(['disabled', '802.3ad', 'balance-rr', 'active-backup'], 'modelChoice'),
    hash: text,
    peer_rate: peerRate,
    mon_rate: wholeNumber,
    up_delay: wholeNumber,
    down_delay: wholeNumber,
  }),
  (read, at) => {
    const mode = read.mode ?? 'disabled';
    if (mode === '802.3ad') return;
    for (const key of mode === 'disabled' ? bondKeys : lacpKeys) {
      if (read[key] === null) continue;
      at.report('ignored', {
        key,
        message: `is ignored in bonding mode ${mode}`,
        advice: 'remove it, or choose the mode that it is for',
      });
    }
  },
);

/** Reference 02 §3.3. */
export const networkLinkShape = section({
  bonding,
  mtu: wholeNumber,
  linkspeed: text,
  trunking: section({ mode: oneOf(['disabled', '802.1q'], 'modelChoice'), default_network: text }),
  allowed_networks: required(listOf(textItem)),
  labels: mapOf(labelText),
});
