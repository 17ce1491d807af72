import { expect, it } from '@jest/globals';
import { after } from './after.js';
import { numberSteps } from './number-steps.js';
import { stepFor } from './step-for.js';
import { stepLimits } from './step-limits.js';

const node = (name: string) => ({ name, oobType: null, hasBootActions: false });

it.each([
  ['stands behind it', [stepFor(node('a'), stepLimits())('deploy_node', [after('apply_node_platform')])], 'a'],
  [
    'belongs to another node',
    [
      stepFor(node('a'), stepLimits())('apply_node_platform', []),
      stepFor(node('b'), stepLimits())('deploy_node', [after('apply_node_platform')]),
    ],
    'b',
  ],
])('refuses a need on a step that %s', (_case, drafts, name) => {
  expect(() => numberSteps(drafts)).toThrow(
    `the plan of ${name} lets deploy_node wait for apply_node_platform, which does not stand before it`,
  );
});
