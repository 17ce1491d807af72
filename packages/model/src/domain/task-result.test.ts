import { describe, expect, it } from '@jest/globals';
import { foldResult, type EndedStep } from './task-result.js';

const ended = (nodeName: string | null, verb: EndedStep['verb'], end: EndedStep['end'], attempt = 0): EndedStep => ({
  nodeName,
  verb,
  end,
  attempt,
});

describe('the result of a task', () => {
  it.each([
    ['nothing to do', [], 'success', [], []],
    [
      'every node succeeded',
      [ended('a', 'noop', 'succeeded'), ended('b', 'noop', 'absent')],
      'success',
      ['a', 'b'],
      [],
    ],
    [
      'one of two failed',
      [ended('a', 'noop', 'succeeded'), ended('b', 'noop', 'failed')],
      'partial_success',
      ['a'],
      ['b'],
    ],
    ['all failed', [ended('a', 'noop', 'failed')], 'failure', [], ['a']],
    [
      'a step behind a failure was skipped',
      [ended('a', 'apply_node_networking', 'failed'), ended('a', 'deploy_node', 'skipped')],
      'failure',
      [],
      ['a'],
    ],
    [
      'a branch that was not needed was skipped',
      [
        ended('a', 'look_for_node', 'succeeded'),
        ended('a', 'set_node_boot', 'skipped'),
        ended('a', 'configure_hardware', 'succeeded'),
      ],
      'success',
      ['a'],
      [],
    ],
    [
      'a later attempt succeeded',
      [ended('a', 'deploy_node', 'failed'), ended('a', 'deploy_node', 'succeeded', 1)],
      'success',
      ['a'],
      [],
    ],
    [
      'a site-wide step failed beside two that worked',
      [ended(null, 'create_network_template', 'failed'), ended(null, 'configure_user_credentials', 'succeeded')],
      'partial_success',
      [],
      [],
    ],
    [
      'somebody cancelled a node',
      [ended('a', 'noop', 'cancelled'), ended('b', 'noop', 'succeeded')],
      'partial_success',
      ['b'],
      ['a'],
    ],
  ] as const)('%s', (_name, steps, status, successes, failures) => {
    expect(foldResult(steps)).toEqual({ status, successes, failures });
  });
});
