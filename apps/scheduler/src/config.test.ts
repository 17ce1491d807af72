import { describe, expect, it } from '@jest/globals';
import { verbs } from '@drydock/model';
import { readSchedulerConfig } from './config.js';

const least = { DATABASE_URL: 'postgresql://u:hidden@127.0.0.1/d', DRYDOCK_SECRET_KEY_FILE: 'key' };

describe('the configuration of a scheduler', () => {
  it('needs a database and a key, and has defaults for the rest', () => {
    const config = readSchedulerConfig(least);
    expect(config).toMatchObject({ lanes: ['default'], deployments: 30, stepsPerSlot: 4, deadlineSeconds: {} });
    expect(JSON.stringify(config)).not.toContain('hidden');
  });

  it.each([
    ['30', 1800],
    ['0.5', 30],
    ['0.001', 1],
  ])('takes a deadline of %s minutes for %d seconds, never less than one', (minutes, seconds) => {
    const { deadlineSeconds } = readSchedulerConfig({ ...least, DRYDOCK_DEADLINE_DEPLOY_NODE_MINUTES: minutes });
    expect(deadlineSeconds).toEqual({ deploy_node: seconds });
  });

  it('lets boot actions be judged at once, and nothing else be without time', () => {
    const none = (verb: string) => ({ ...least, [`DRYDOCK_DEADLINE_${verb}_MINUTES`]: '0' });
    expect(readSchedulerConfig(none('BOOTACTION_REPORT')).deadlineSeconds).toEqual({ bootaction_report: 0 });
    expect(() => readSchedulerConfig(none('DEPLOY_NODE'))).toThrow('DRYDOCK_DEADLINE_DEPLOY_NODE_MINUTES');
  });

  it('has a deadline for every verb', () => {
    const names = Object.keys(verbs);
    const env = Object.fromEntries(names.map((verb) => [`DRYDOCK_DEADLINE_${verb.toUpperCase()}_MINUTES`, '1']));
    const { deadlineSeconds } = readSchedulerConfig({ ...least, ...env });
    expect(deadlineSeconds).toEqual(Object.fromEntries(names.map((verb) => [verb, 60])));
  });

  it('tells all problems at once, by variable', () => {
    const env = { DRYDOCK_LIMIT_DEPLOYMENTS: '0', DRYDOCK_DESIGN_MAX_MIB: 'much' };
    const wrong = ['DATABASE_URL', 'DRYDOCK_SECRET_KEY_FILE', ...Object.keys(env)];
    const all = wrong.map((variable) => `(?=.*${variable})`).join('');
    expect(() => readSchedulerConfig(env)).toThrow(new RegExp(`has 4 problems: ${all}`));
  });
});
