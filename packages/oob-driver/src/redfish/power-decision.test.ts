import { describe, expect, test } from '@jest/globals';
import { decidePower, powerAtFirst, type PowerProgress, type PowerView } from './power-decision.js';

const decide = (powerState: string, progress: Partial<PowerProgress> = {}, view: Partial<PowerView> = {}) =>
  decidePower({
    goals: ['Off', 'On'],
    progress: { ...powerAtFirst, ...progress },
    powerState,
    stopping: false,
    isLastCall: false,
    ...view,
  });

const offSent = { isSent: true, hasSwitchedOff: true };
const onSent = { leg: 1, isSent: true, hasSwitchedOff: true };

describe('in a power cycle', () => {
  test.each<[string, string, Partial<PowerProgress>, Partial<PowerView>, readonly [string, number]]>([
    ['on, before it, is switched off', 'On', {}, {}, ['send', 0]],
    ['on, although off was sent, is waited for', 'On', offSent, {}, ['wait', 0]],
    ['off is switched on', 'Off', offSent, {}, ['send', 1]],
    ['off, before it, is switched on', 'Off', {}, {}, ['send', 1]],
    ['off, although on was sent, is waited for', 'Off', onSent, {}, ['wait', 1]],
    ['on, after it, is done', 'On', onSent, {}, ['done', 2]],
    ['on its way is waited for', 'PoweringOn', onSent, {}, ['wait', 1]],
    ['unknown is waited for', 'Unknown', {}, {}, ['wait', 0]],
    ['stopping before anything was sent ends', 'On', {}, { stopping: true }, ['end', 0]],
    ['stopping while it goes off waits for off', 'On', offSent, { stopping: true }, ['wait', 0]],
    ['stopping when it is off switches on', 'Off', offSent, { stopping: true }, ['send', 1]],
    ['stopping a machine that somebody else switched off ends', 'Off', {}, { stopping: true }, ['end', 1]],
    ['the last call begins nothing', 'On', {}, { isLastCall: true }, ['end', 0]],
    ['the last call does not leave off what it switched off', 'Off', offSent, { isLastCall: true }, ['send', 1]],
    ['the last call ends what is not reached', 'Off', onSent, { isLastCall: true }, ['end', 1]],
  ])('a machine that is %s', (...[, powerState, progress, view, decided]) => {
    const decision = decide(powerState, progress, view);
    expect([decision.kind, decision.progress.leg]).toEqual(decided);
  });
});
