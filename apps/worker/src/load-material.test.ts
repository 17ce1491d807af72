import { beforeEach, describe, expect, it } from '@jest/globals';
import { compiledNode } from '@drydock/testkit';
import { SecretBox } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { MaterialLoader } from './load-material.js';

const box = new SecretBox('ab'.repeat(32));
const sealedSecrets = [{ path: '/oob/credential', base64: box.seal('hidden').toString('base64') }];
const node = compiledNode({ name: 'n1' });

let recording: RecordingDatabase;
let loader: MaterialLoader;

beforeEach(() => {
  recording = new RecordingDatabase();
  recording.answer = () => [{ document: { networks: [] } }];
  loader = new MaterialLoader(recording.database, box);
});

describe('what is loaded for a step', () => {
  it('is nothing for a verb that needs nothing, secrets least of all', async () => {
    const material = await loader.load(claimedStep({ verb: 'noop', snapshotHash: 'h', sealedSecrets }));
    expect(material).toEqual({ site: null, node: null, deviceNames: null, secrets: new Map() });
    expect(recording.sent).toEqual([]);
  });

  it('has the credential of the node opened where a BMC is spoken to', async () => {
    const material = await loader.load(claimedStep({ verb: 'power_cycle_node', node, sealedSecrets }));
    expect(material.secrets).toEqual(new Map([['/oob/credential', 'hidden']]));
  });

  it('says so when the key is another', async () => {
    const other = new MaterialLoader(recording.database, new SecretBox('cd'.repeat(32)));
    const loading = other.load(claimedStep({ verb: 'power_cycle_node', node, sealedSecrets }));
    await expect(loading).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});

describe('the site of a snapshot', () => {
  const load = (snapshotHash: string | null) =>
    loader.load(claimedStep({ verb: 'create_network_template', nodeName: null, snapshotHash }));

  it('is read once for all its steps, also for those that ask at the same time', async () => {
    await Promise.all([load('h1'), load('h1')]);
    await load('h1');
    expect(recording.sent).toHaveLength(1);
  });

  it('is read again when reading failed', async () => {
    recording.answer = () => Promise.reject(new Error('gone'));
    await expect(load('h1')).rejects.toThrow('gone');
    recording.answer = () => [{ document: { networks: [] } }];
    expect((await load('h1')).site).not.toBeNull();
  });

  it('is forgotten after four others', async () => {
    for (const hash of ['h1', 'h2', 'h3', 'h4', 'h5', 'h5', 'h1']) await load(hash);
    expect(recording.sent).toHaveLength(6);
  });

  it('is not asked for by a task without a design', async () => {
    expect((await load(null)).site).toBeNull();
    expect(recording.sent).toEqual([]);
  });
});
