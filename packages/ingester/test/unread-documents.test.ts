import { describe, expect, test } from '@jest/globals';
import { compileText, linesOf, sample } from './compiled.js';

const text = sample('site-deckhand');

/** The sample with one document that is there and that nobody can read. */
function unread(kind: string, name: string, damage: (head: string) => string): string {
  const head = `schema: drydock/${kind}/v1\nmetadata: { name: ${name} }\n`;
  if (!text.includes(head)) throw new Error(`the sample has no ${kind} ${name}`);
  return text.replace(head, damage(head));
}

const noYaml = (head: string): string => `${head}x: ]\n`;
const bodies = { 'a list': 'data: [x]\n', 'a text': 'data: x\n', nothing: 'data:\n' } as const;

/** The sample with a document whose body is something else than a mapping. */
function withBody(kind: string, name: string, body: string): string {
  const head = `schema: drydock/${kind}/v1\nmetadata: { name: ${name} }\n`;
  const [before = '', after = ''] = text.split(head);
  return `${before}${head}${body}${after.slice(after.indexOf('---\n'))}`;
}

const laterVersion = (head: string): string => head.replace('/v1', '/v2');

describe('a document that cannot be read', () => {
  test.each([
    ['NetworkLink', 'data'],
    ['Network', 'mgmt'],
    ['Network', 'oob'],
    ['Rack', 'r1'],
    ['HardwareProfile', 'two-sockets'],
  ])('is not missed by those that name it: %s %s', (kind, name) => {
    const said = (damaged: string) => linesOf(compileText(damaged).findings);
    expect(said(unread(kind, name, noYaml))).toEqual([expect.stringMatching(/^error DD000 document.syntax /)]);
    expect(said(unread(kind, name, laterVersion))).toEqual([expect.stringMatching(/^error DD000 document.kind /)]);
  });

  test.each(
    (['a list', 'a text', 'nothing'] as const).flatMap((what) =>
      ['NetworkLink data', 'Network mgmt', 'Network oob', 'Rack r1', 'HardwareProfile two-sockets'].map(
        (document) => [document, what] as const,
      ),
    ),
  )('is not missed when all that it says is wrong: %s is %s', (document, what) => {
    const [kind = '', name = ''] = document.split(' ');
    expect(linesOf(compileText(withBody(kind, name, bodies[what])).findings)).toEqual([
      expect.stringMatching(
        /^error DD00[01] document\.[a-z-]+ .*data must be a mapping, not (?:a list|a string|null)$/,
      ),
    ]);
  });

  test('that is a boot action is not missed by the nodes', () => {
    const [first = ''] = text.match(/(?<=schema: drydock\/BootAction\/v1\nmetadata: \{ name: )[^ ]+/) ?? [];
    const lines = linesOf(compileText(withBody('BootAction', first, bodies['a list'])).findings);
    expect(lines).toEqual([expect.stringMatching(/^error .*data must be a mapping, not a list$/)]);
  });

  test('is named where its lines end as on Windows', () => {
    const damaged = unread('Network', 'mgmt', () => 'schema: drydock/Network/v1\nmetadata:\n  name: mgmt\nx: ]\n');
    expect(linesOf(compileText(damaged.replaceAll('\n', '\r\n')).findings)).toEqual([
      expect.stringMatching(/^error DD000 document.syntax /),
    ]);
  });

  test('does not hide what is wrong with another name', () => {
    const damaged = unread('Network', 'mgmt', noYaml).replace('[mgmt, storage-1, storage-2]', '[mgmt, storage-1, x]');
    expect(linesOf(compileText(damaged).findings).join('\n')).toMatch(/network x, which link data allows, is not in/);
  });
});

describe('a host profile that cannot be read', () => {
  const damaged = unread('HostProfile', 'defaults', noYaml);

  test('leaves one error, and whatever else is wrong with nodes that inherit it is a warning that says why', () => {
    const [first = '', ...others] = linesOf(compileText(damaged).findings);
    expect(first).toMatch(/^error DD000 document.syntax /);
    expect(others.length).toBeGreaterThan(0);
    for (const line of others) {
      expect(line).toMatch(/^warning .* \(perhaps only because host profile "defaults" could not be read\)$/);
    }
  });

  test('leaves errors of other nodes as they are', () => {
    const alone =
      '---\nschema: drydock/BaremetalNode/v1\nmetadata: { name: n9 }\n' +
      'data: { addressing: [{ network: oob, address: 127.16.0.9 }], hardware_profile: two-sockets }\n';
    expect(linesOf(compileText(`${damaged.trimEnd()}\n${alone}`).findings).join('\n')).toMatch(
      /^error DD1001 storage.boot .*node n9 has no root partition of a known size$/m,
    );
  });
});

describe('a text that nobody can read and that is not for Drydock leaves what is missing an error', () => {
  const node =
    'schema: drydock/BaremetalNode/v1\nmetadata: { name: n }\n' +
    'data: { host_profile: nope, hardware_profile: nope2, addressing: [{ network: x, address: dhcp }] }\n---\n';

  test.each([
    ['a comment', 'schema: deckhand/Passphrase/v1\nmetadata: { name: foo }\n# see drydock/ docs\ndata: [oops\n'],
    ['a comment on the line of its schema', 'schema: deckhand/Passphrase/v1 # drydock/Network\ndata: [oops\n'],
    ['a URL', 'https://opendev.org/airship/drydock/src\n'],
    ['a URL for a schema', 'schema: https://opendev.org/drydock/Network\ndata: [oops\n'],
    [
      'a substitution',
      'metadata:\n  substitutions:\n  - src:\n      schema: drydock/Network/v1\nschema: armada/Chart/v1\ndata: [oops\n',
    ],
  ])('though %s in it speaks of Drydock', (_name, foreign) => {
    const lines = linesOf(compileText(`${node}${foreign}`).findings).join('\n');
    expect(lines).toMatch(/^error .*host profile "nope" is not in/m);
    expect(lines).toMatch(/^error .*hardware profile "nope2" is not in/m);
  });

  test.each([
    ['a schema after the metadata', 'metadata:\n  schema: metadata/Document/v1\nschema: "drydock/Network/v1\n'],
    ['a schema that lost its colon', 'schema drydock/Network/v1\nmetadata: { name: x }\n'],
    ['flow style', '{schema: drydock/Network/v1, metadata: {name: x}, data: [}\n'],
    ['a native version', 'apiVersion: drydock/v1\nkind: Network\nmetadata: { name: ] }\n'],
  ])('and one with %s is ours', (_name, ours) => {
    const lines = linesOf(compileText(`${node}${ours}`).findings).join('\n');
    expect(lines).not.toMatch(/network "?x"?.* is not in|on network x/);
    expect(lines).toMatch(/hardware profile "nope2" is not in/);
  });
});
