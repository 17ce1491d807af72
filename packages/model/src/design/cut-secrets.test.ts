import { describe, expect, test } from '@jest/globals';
import { compiledNode, compiledSite } from '../../../testkit/src/compiled-design-builders.js';
import type { CompiledDesign, CompiledNode, OutOfBand, Repository } from './compiled-design.js';
import { cutSecrets, redactSecrets, restoreSecrets, restoreSiteSecrets } from './cut-secrets.js';

function oob(given: Partial<OutOfBand>): OutOfBand {
  const { oob: plain } = compiledNode();
  if (!plain) throw new Error('the builder makes a node with a BMC');
  return { ...plain, ...given };
}

function repository(url: string): Repository {
  return {
    name: 'main',
    type: 'apt',
    url,
    arches: [],
    distributions: [],
    components: [],
    subrepositories: [],
    gpgKey: null,
    options: {},
  };
}

function design(nodes: readonly CompiledNode[], url = 'http://example.com/'): CompiledDesign {
  const repositories = { removeUnlisted: false, entries: [repository(url)] };
  return { format: 1, site: compiledSite({ repositories }), nodes };
}

const cutNode = (given: Partial<CompiledNode>) => cutSecrets(design([compiledNode(given)]));

test('a credential leaves null', () => {
  const { design: cut, secrets } = cutNode({ oob: oob({ credential: 'hunter2' }) });
  expect(cut.nodes[0]?.oob).toEqual(oob({ credential: null }));
  expect(secrets).toEqual([{ nodeName: 'n1', path: '/oob/credential', value: 'hunter2' }]);
});

test.each(['password', 'ipmi_passwd', 'Passphrase', 'client_secret', 'auth-token', 'api_key', 'apiKey', 'credentials'])(
  'an out-of-band parameter "%s" leaves an empty string',
  (name) => {
    const { design: cut, secrets } = cutNode({ oob: oob({ parameters: { [name]: 'hunter2', other: 'kept' } }) });
    expect(cut.nodes[0]?.oob?.parameters).toEqual({ [name]: '', other: 'kept' });
    expect(secrets).toEqual([{ nodeName: 'n1', path: `/oob/parameters/${name}`, value: 'hunter2' }]);
  },
);

test.each([
  ['user and password', 'http://bob:hunter2@example.com/a?b#c', 'http://example.com/a?b#c'],
  ['a user alone', 'qemu+ssh://bob@example.com/system', 'qemu+ssh://example.com/system'],
  ['an @ in the password', 'http://bob:p@ss@example.com/', 'http://example.com/'],
])('the user info of a URL is cut: %s', (_name, url, left) => {
  const { design: cut, secrets } = cutSecrets(design([], url));
  expect(cut.site.repositories.entries[0]?.url).toBe(left);
  expect(secrets).toEqual([{ nodeName: null, path: '/repositories/entries/0/url', value: url }]);
});

test.each([
  'http://example.com/',
  'http://example.com/a@b',
  'http://example.com?mail=a@b',
  'http://example.com#a@b',
  'bob@example.com',
  'see http://bob:x@example.com/ for more',
])('a text without user info stays: %s', (text) => {
  const given = design([], text);
  expect(cutSecrets(given)).toEqual({ design: given, secrets: [] });
});

test('a design without secrets stays as it is', () => {
  const given = design([compiledNode({ oob: oob({ parameters: { password: '' } }) }), compiledNode({ oob: null })]);
  expect(cutSecrets(given)).toEqual({ design: given, secrets: [] });
});

test('the design that was given keeps its secrets', () => {
  const given = design([compiledNode({ oob: oob({ credential: 'hunter2' }) })]);
  const before = structuredClone(given);
  cutSecrets(given);
  expect(given).toEqual(before);
});

describe('put back', () => {
  const secretive = (name: string) =>
    compiledNode({
      name,
      ownerData: { 'a/b~c~1': `http://${name}:x@example.com/` },
      tags: ['plain', `ftp://${name}@example.com`],
      oob: oob({ credential: `of ${name}`, parameters: { 'a/token': `t ${name}`, libvirt_uri: 'qemu+ssh://q@h/' } }),
    });
  const given = design([secretive('n1'), secretive('n2')], 'http://bob:x@example.com/');
  const { design: cut, secrets } = cutSecrets(given);

  test('is every secret, where it was cut out', () => {
    expect(secrets).toHaveLength(11);
    expect(JSON.stringify(cut)).not.toMatch(/:x@|of n1|of n2|t n1|q@h/);
    expect(cut.nodes.map((node) => restoreSecrets(node, secrets))).toEqual(given.nodes);
    expect(restoreSiteSecrets(cut.site, secrets)).toEqual(given.site);
  });

  test('is nothing of another node or of the site', () => {
    const [first] = cut.nodes;
    const foreign = secrets.filter((secret) => secret.nodeName !== 'n1');
    expect(first && restoreSecrets(first, foreign)).toEqual(first);
    expect(
      restoreSiteSecrets(
        cut.site,
        secrets.filter((secret) => secret.nodeName !== null),
      ),
    ).toEqual(cut.site);
  });

  test('is nothing where the design has no such place', () => {
    const path = '/interfaces/7/name/deeper';
    const node = compiledNode();
    expect(restoreSecrets(node, [{ nodeName: 'n1', path, value: 'x' }])).toEqual(node);
  });
});

describe('redacting for people', () => {
  test.each([
    ['a credential', 'hunter2', '/oob/credential', '[redacted]'],
    ['no credential', null, '/oob/credential', null],
    ['a parameter that is named like a secret', 'hunter2', '/oob/parameters/password', '[redacted]'],
    ['any other parameter', 'value', '/oob/parameters/level', 'value'],
    ['user info of a URL', 'https://me:hunter2@host/x', '/repositories', 'https://[redacted]@host/x'],
    [
      'user info before a template',
      'http://me:hunter2@h/{{ node.hostname }}',
      '/a',
      'http://[redacted]@h/{{ node.hostname }}',
    ],
    ['user info in a text of a block', ' http://me:hunter2@h/x\n', '/a', ' http://[redacted]@h/x\n'],
    ['a stanza', { credential: 'hunter2', account: 'me' }, '/oob', { credential: '[redacted]', account: 'me' }],
    ['a list', [{ location: 'http://me@host/' }], '/assets', [{ location: 'http://[redacted]@host/' }]],
  ])('%s', (_name, part, path, redacted) => {
    expect(redactSecrets<unknown>(part, path)).toEqual(redacted);
  });
});
