import { beforeEach, describe, expect, it } from '@jest/globals';
import { compiledNode } from '@drydock/testkit';
import { SecretBox } from '@drydock/model/db';
import { claimedStep } from '../test/claimed-step.js';
import { RecordingDatabase } from '../test/recording-database.js';
import { MaterialLoader } from './load-material.js';

const box = new SecretBox('ab'.repeat(32));
const sealedSecrets = [{ path: '/oob/credential', base64: box.seal('hidden').toString('base64') }];
const node = compiledNode({ name: 'n1' });

const bare = { site: null, node: null, deviceNames: null, bootActionKey: null, reports: null };
const bootActions = { open: async () => 'ab12' };

let recording: RecordingDatabase;
let loader: MaterialLoader;

beforeEach(() => {
  recording = new RecordingDatabase();
  recording.answer = ({ text, values }) =>
    text.includes('snapshot_node')
      ? (values[0] as readonly string[]).map(() => ({ node, sealedSecrets }))
      : [{ document: { networks: [] } }];
  loader = new MaterialLoader(recording.database, box, bootActions);
});

describe('what is loaded for a step', () => {
  it('is nothing for a verb that needs nothing, secrets least of all', async () => {
    const material = await loader.load(claimedStep({ verb: 'noop', nodeName: null, snapshotHash: 'h' }));
    expect(material).toEqual({ ...bare, secrets: new Map() });
    expect(recording.sent).toEqual([]);
  });

  it('has the credential of the node opened where a BMC is spoken to', async () => {
    const material = await loader.load(claimedStep({ verb: 'power_cycle_node', snapshotHash: 'h' }));
    expect(material.secrets).toEqual(new Map([['/oob/credential', 'hidden']]));
  });

  it('says so when the key is another', async () => {
    const other = new MaterialLoader(recording.database, new SecretBox('cd'.repeat(32)), bootActions);
    const loading = other.load(claimedStep({ verb: 'power_cycle_node', snapshotHash: 'h' }));
    await expect(loading).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});

describe('the boot actions of a deployment', () => {
  it('are written down before the machine is told to deploy, and their key is for its driver', async () => {
    expect(await loader.load(claimedStep({ verb: 'deploy_node', snapshotHash: 'h' }))).toMatchObject({
      bootActionKey: 'ab12',
      reports: null,
    });
    expect(await loader.load(claimedStep({ verb: 'look_for_node', snapshotHash: 'h' }))).toMatchObject({
      bootActionKey: null,
    });
  });

  it('are read with what they reported when they are waited for', async () => {
    const { answer } = recording;
    const action = { actionId: '01ARZ3', name: 'hello', status: 'success' };
    recording.answer = (sent) =>
      sent.text.includes('boot_action') ? [{ deploymentId: 's0', ...action }] : answer(sent);
    const { reports, bootActionKey } = await loader.load(claimedStep({ verb: 'bootaction_report', snapshotHash: 'h' }));
    expect([reports, bootActionKey]).toEqual([{ deploymentId: 's0', actions: [action] }, null]);
  });
});

describe('the document of a node', () => {
  const load = (nodeName: string, snapshotHash = 'h1') =>
    loader.load(claimedStep({ verb: 'look_for_node', nodeName, snapshotHash }));
  const asked = () => recording.sent.map(({ values }) => values);

  it('is read once, whatever steps of the node come, and those of one moment together', async () => {
    const materials = await Promise.all([load('n1'), load('n2'), load('n1')]);
    await load('n2');
    expect(materials.map((material) => material.node)).toEqual([node, node, node]);
    expect(asked()).toEqual([
      [
        ['h1', 'h1'],
        ['n1', 'n2'],
      ],
    ]);
  });

  it('is another in another snapshot', async () => {
    await load('n1');
    await load('n1', 'h2');
    expect(asked()).toEqual([
      [['h1'], ['n1']],
      [['h2'], ['n1']],
    ]);
  });

  it('is read again when reading failed, for all who asked', async () => {
    const { answer } = recording;
    recording.answer = () => Promise.reject(new Error('gone'));
    const outcomes = await Promise.allSettled([load('n1'), load('n2')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    recording.answer = answer;
    expect((await load('n1')).node).toEqual(node);
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
