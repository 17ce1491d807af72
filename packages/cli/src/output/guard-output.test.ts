import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { guardOutput } from './guard-output.js';

const cases: readonly (readonly [what: string, stream: 'stdout' | 'stderr', code: string, lost: readonly string[]])[] =
  [
    ['a reader of results who has left loses nothing', 'stdout', 'EPIPE', []],
    ['a full disk loses results', 'stdout', 'ENOSPC', ['ENOSPC']],
    ['errors that cannot be told are no results', 'stderr', 'ENOSPC', []],
  ];

test.each(cases)('%s', (_, stream, code, expected) => {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const lost: string[] = [];
  guardOutput(streams.stdout, streams.stderr, (loss) => lost.push(loss));
  streams[stream].emit('error', Object.assign(new Error(`write ${code}`), { code }));
  expect(lost).toEqual(expected);
});
