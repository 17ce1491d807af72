import { expect, test } from '@jest/globals';
import { writeYaml } from './write-yaml.js';

test('a mapping is written as people write it', () => {
  const text = writeYaml({
    name: 'rack-1',
    number: 1,
    flag: true,
    nothing: null,
    'it is': "it's",
    yes: 'no',
    octal: '0755',
    cidr: '10.0.0.0/24',
    empty: {},
    none: [],
    deep: { er: { text: 'x y' } },
    list: ['a', 2, { name: 'b', parts: ['c'] }],
    script: '#!/bin/sh\n\nexit\n',
  });
  expect(text.split('\n')).toEqual([
    'name: rack-1',
    'number: 1',
    'flag: true',
    'nothing: null',
    "'it is': 'it''s'",
    "'yes': 'no'",
    "octal: '0755'",
    'cidr: 10.0.0.0/24',
    'empty: {}',
    'none: []',
    'deep:',
    '  er:',
    "    text: 'x y'",
    'list:',
    '  - a',
    '  - 2',
    '  - name: b',
    '    parts:',
    '      - c',
    'script: |',
    '  #!/bin/sh',
    '',
    '  exit',
  ]);
});
