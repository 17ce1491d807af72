import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { compiledNode, compiledSite } from '@drydock/testkit';
import { SecretBox } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { BootActionOpener } from './boot-action-opener.js';

const secretBox = new SecretBox('ab'.repeat(32));
const action = (name: string, isSignaling = true) => ({ name, isSignaling, assets: [], targetNodes: [] });
const site = compiledSite({ bootActions: [action('elsewhere'), action('quiet', false), action('hello')] });
const node = compiledNode({ name: 'n1', bootActions: ['hello', 'quiet'] });

let recording: RecordingDatabase;
/** The database keeps the first key that it is given. */
beforeEach(() => {
  recording = new RecordingDatabase();
  recording.answer = () => {
    const [first] = recording.sent;
    return [{ sealed: first?.values.filter((value) => Buffer.isBuffer(value)).at(-1) ?? null }];
  };
});

const opener = (isDelivered: boolean) =>
  new BootActionOpener({ db: recording.database, secretBox, isDelivered, now: () => 1_700_000_000_000 });
const written = () => {
  const { values } = recording.sent[0] ?? { values: [] };
  const [hash] = values.filter((value) => Buffer.isBuffer(value));
  return { hash, actions: values.find((value) => Array.isArray(value)) as readonly object[] | undefined };
};

it('writes down the boot actions of the node in design order, and hands out the key whose hash is stored', async () => {
  const key = await opener(true).open(claimedStep(), node, site);
  const { hash, actions } = written();
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(hash).toEqual(
    createHash('sha256')
      .update(Buffer.from(key ?? '', 'hex'))
      .digest(),
  );
  expect(actions).toMatchObject([
    { name: 'quiet', status: 'unreported', ordinal: 0, actionId: expect.stringMatching(/^01HF7YAT00[0-9A-Z]{16}$/) },
    { name: 'hello', status: 'incomplete', ordinal: 1 },
  ]);
});

it('hands out the same key to every call of a deployment', async () => {
  const first = await opener(true).open(claimedStep(), node, site);
  const again = await opener(true).open(claimedStep({ progress: { format: 1 } }), node, site);
  expect(again).toBe(first);
});

it('expects no report and hands out no key while nothing is delivered', async () => {
  expect(await opener(false).open(claimedStep(), node, site)).toBeNull();
  expect(written().actions).toMatchObject([{ status: 'unreported' }, { status: 'unreported' }]);
  await opener(false).open(claimedStep({ progress: { format: 1 } }), node, site);
  expect(recording.sent).toHaveLength(1);
});

it('writes nothing for a node without boot actions', async () => {
  expect(await opener(true).open(claimedStep(), compiledNode(), site)).toBeNull();
  expect(recording.sent).toEqual([]);
});
