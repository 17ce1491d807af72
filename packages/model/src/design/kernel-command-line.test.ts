import { expect, test } from '@jest/globals';
import { renderKernelCommandLine } from './kernel-command-line.js';

test.each([
  ['nothing is an empty line', [], ''],
  [
    'huge pages come first, size before count',
    [
      ['quiet', 'True'],
      ['hugepages', '4'],
      ['hugepagesz', '1G'],
      ['console', 'ttyS1'],
    ],
    'hugepagesz=1G hugepages=4 quiet console=ttyS1',
  ],
  [
    'only True stands alone',
    [
      ['a', 'True'],
      ['b', 'False'],
      ['c', 'true'],
    ],
    'a b=False c=true',
  ],
] as const)('%s', (_name, parameters, line) => {
  expect(renderKernelCommandLine(parameters)).toBe(line);
});
