import { verbs, type Verb, type VerbRow } from '../verbs.js';
import { type GroupLimits, ofOobType } from './group-limits.js';
import type { GroupNeed } from './group.js';

/** What decides the groups of a step besides its verb. */
export interface StepSurroundings {
  /** Name of the provisioner, so that a second site is configuration. */
  readonly provisioner: string;
  readonly nodeName: string | null;
  readonly rack: string | null;
  readonly oobType: string | null;
  /** `address:port` of the BMC; null when nothing is known of it. */
  readonly bmc: string | null;
}

/** The back-pressure group. Its limit is not a number of its row: it grows with the live worker slots. */
export const stepsGroupKey = 'steps';

/** The kinds of groups are few; their keys, with nodes and addresses in them, are not. */
export function groupKind(key: string): string {
  return key.split(':', 1)[0] ?? key;
}

/** Exclusive use takes all of these. */
export const siteLimit = 1_000_000;

const plain = { weight: 1, spacingMilliseconds: 0, rampPerMinute: 0, guardsMachine: false } as const;

/** Every group that a step must have room in before it may start. */
export function groupNeeds(verb: Verb, around: StepSurroundings, limits: GroupLimits): readonly GroupNeed[] {
  const row: VerbRow = verbs[verb];
  const isSiteWide = row.target === 'site';
  const needs: GroupNeed[] = [
    { ...plain, key: stepsGroupKey, scope: 'steps', limit: 0 },
    {
      ...plain,
      key: `site:${around.provisioner}`,
      scope: 'call',
      limit: siteLimit,
      weight: isSiteWide ? siteLimit : 1,
    },
  ];
  if (row.driver === 'node') {
    needs.push({ ...plain, key: `maas:${around.provisioner}`, scope: 'call', limit: limits.provisionerCalls });
  }
  if (around.nodeName !== null) {
    const key = `node:${around.provisioner}:${around.nodeName}`;
    needs.push({ ...plain, key, scope: 'task', limit: 1, guardsMachine: true });
  }
  if (row.usesBmc && around.bmc !== null) {
    needs.push({
      ...plain,
      key: `bmc:${around.bmc}`,
      scope: 'step',
      limit: ofOobType(limits.bmcSteps, around.oobType),
      spacingMilliseconds: ofOobType(limits.bmcSpacingMilliseconds, around.oobType),
      guardsMachine: true,
    });
  }
  if (row.isDeployment) {
    needs.push({
      ...plain,
      key: `deploy:${around.provisioner}`,
      scope: 'step',
      limit: limits.deployments,
      rampPerMinute: limits.deploymentsPerMinute,
    });
  }
  if (row.switchesPower && around.rack !== null) {
    needs.push({
      ...plain,
      key: `rack:${around.provisioner}:${around.rack}:power`,
      scope: 'step',
      limit: limits.rackPower,
      spacingMilliseconds: limits.rackPowerSpacingMilliseconds,
    });
  }
  return needs;
}
