import { describe, expect, it } from '@jest/globals';
import { GroupAlarms } from './group-alarms.js';

describe('the alarms of groups', () => {
  it('are one per group, at the earliest of its times', () => {
    const alarms = new GroupAlarms();
    for (const at of [300, 200, 250, 200]) alarms.set('rack', at);
    expect([alarms.nextAt, alarms.takeDue(199), alarms.takeDue(200)]).toEqual([200, [], ['rack']]);
    expect(alarms.takeDue(1000)).toEqual([]);
  });

  it('can be set again after they were heard', () => {
    const alarms = new GroupAlarms();
    alarms.set('rack', 100);
    alarms.takeDue(100);
    alarms.set('rack', 200);
    alarms.set('bmc', 150);
    expect([alarms.nextAt, alarms.takeDue(200)]).toEqual([150, ['bmc', 'rack']]);
    expect(alarms.nextAt).toBeNull();
  });
});
