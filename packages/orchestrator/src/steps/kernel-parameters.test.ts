import { expect, it } from '@jest/globals';
import { compiledNode } from '@drydock/testkit';
import { renderKernelParameters } from './kernel-parameters.js';

it.each([
  ['nothing', [], ''],
  ['a bare key for True', [['quiet', 'True']], 'quiet'],
  [
    'only exactly True as a bare key',
    [
      ['a', 'true'],
      ['b', 'False'],
    ],
    'a=true b=False',
  ],
  [
    'huge pages first, the rest in order (04 §17.3)',
    [
      ['quiet', 'True'],
      ['hugepages', '4'],
      ['console', 'ttyS1'],
      ['hugepagesz', '1G'],
    ],
    'hugepagesz=1G hugepages=4 quiet console=ttyS1',
  ],
  [
    'a count without a size where it stands',
    [
      ['quiet', 'True'],
      ['hugepages', '4'],
    ],
    'quiet hugepages=4',
  ],
] as const)('renders %s', (_case, kernelParameters, expected) => {
  expect(renderKernelParameters(compiledNode({ kernelParameters }))).toBe(expected);
});

it('refuses a size of huge pages without a count', () => {
  expect(renderKernelParameters(compiledNode({ kernelParameters: [['hugepagesz', '1G']] }))).toMatchObject({
    errorClass: 'invalid_design',
    reason: expect.stringContaining('node n1 has the kernel parameter hugepagesz=1G without hugepages'),
  });
});
