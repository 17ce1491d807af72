import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@drydock/model';
import { compileText, sampleWith } from './compiled.js';

/** A host profile in both formats; `oob` stands at the same line in both. */
const profiles = [
  ['deckhand', 'schema: drydock/HostProfile/v1\nmetadata: { name: p }\n#\ndata:\n'],
  ['native', 'apiVersion: drydock/v1\nkind: HostProfile\nmetadata: { name: p }\nspec:\n'],
] as const;

const firstLine = 5;

const withOutOfBand = (head: string, oob: string): string => `${head}${oob.replaceAll(/^/gm, '  ')}\n`;

/** Findings about the profile alone; rules speak of the empty site around it. */
function saidOf(text: string): readonly Finding[] {
  return compileText(text).findings.filter(({ documents }) => documents.length > 0);
}

describe.each(profiles)(
  'a key of an out-of-band stanza that is a damaged password, in the %s format',
  (_format, head) => {
    test.each([
      ['without a space', 'oob: { type: ipmi, credential:hunter2 }', 0],
      ['alone in flow style', 'oob: {credential:hunter2}', 0],
      ['without any space', 'oob: {type:ipmi,credential:hunter2}', 0],
      ['as a complex key', 'oob:\n  type: ipmi\n  ? credential:hunter2', 2],
      ['with a semicolon', 'oob: { credential;hunter2, type: ipmi }', 0],
      ['with an equals sign', 'oob: { credential=hunter2, type: ipmi }', 0],
      ['with a list as its value', 'oob:\n  type: ipmi\n  credential=hunter2: [a]', 2],
      ['with a comma in it', 'oob: { credential: a,hunter2, type: ipmi }', 0],
      ['that is a number', 'oob: { credential, 271828, type: ipmi }', 0],
      ['that another parameter swallowed', 'oob:\n  network:\n    ? hunter2\n  type: ipmi', 1],
    ])('%s', (_name, oob, line) => {
      const said = saidOf(withOutOfBand(head, oob));
      expect(said.map(({ level, place }) => `${level} ${place?.line}`)).toContain(`error ${firstLine + line}`);
      expect(said.map(({ message }) => message).join('\n')).toMatch(/^HostProfile "p": .*\boob\b/);
      expect(JSON.stringify(said)).not.toMatch(/hunter2|271828/);
    });

    test.each([
      ['a damaged key', 'oob: { credential:hunter2: a, credential:hunter2: b, type: ipmi }', 0],
      ['a key that is the password', 'oob: { credential: { hunter2: a, hunter2: b }, type: ipmi }', 0],
      ['a key of an inherited stanza', 'x: &x\n  credential:hunter2: a\n  credential:hunter2: b\noob: *x', 2],
      ['a key of a merged stanza', 'oob:\n  <<: { hunter2: a, hunter2: b }\n  type: ipmi', 1],
    ])('that stands twice: %s', (_name, oob, line) => {
      const said = saidOf(withOutOfBand(head, oob)).filter(({ rule }) => rule === 'document.duplicate-key');
      expect(said.map(({ place }) => place?.line)).toEqual([firstLine + line]);
      expect(JSON.stringify(said)).not.toContain('hunter2');
    });

    test('keeps the name of a parameter that drivers know', () => {
      const said = saidOf(withOutOfBand(head, 'oob: { type: ipmi, port: [1], port: [1], "!account": [] }'));
      expect(said.map(({ message }) => message).join('\n')).toMatch(
        /key "port"[^]*oob\.port must be[^]*oob\.!account must/,
      );
    });
  },
);

describe('a password that was torn to another place is in no finding', () => {
  test.each([
    ['a key beside the stanza', '  oob: { type: ipmi }\n  ? credential:hunter2\n'],
    ['a key in the metadata of a host', '  metadata: { credential=hunter2 }\n'],
    ['a key of the metadata', '  metadata:\n    owner_data: { bmc_password:hunter2 }\n'],
    ['a number that is a label', '  metadata: { owner_data: { bmc_password: 271828 } }\n'],
    ['the name of the network of the BMC', '  oob:\n    type: ipmi\n    network:\n      credential:hunter2\n'],
    ['the rest of the line before', '  hardware_profile: two\n    credential=hunter2\n'],
    ['a port', '  oob: { type: redfish, port: hunter2, scheme: hunter2 }\n'],
    ['a MAC address', '  metadata: { boot_mac: "52:54:00:00:00:01 password=hunter2" }\n'],
  ])('as %s', (_name, body) => {
    const head = 'schema: drydock/BaremetalNode/v1\nmetadata: { name: n }\ndata:\n  addressing: []\n';
    expect(JSON.stringify(compileText(`${head}${body}`).findings)).not.toMatch(/hunter2|271828/);
  });

  test.each([
    [
      'the type of a repository',
      'repo_type: "apt url: https://robot:hun ter2@x/", arches: [a]',
      /must be one of apt, rpm, not a text/,
    ],
    [
      'a type with user info alone',
      'repo_type: "robot:hun ter2@x", arches: [a]',
      /must be one of apt, rpm, not a text/,
    ],
    ['a number in its options', 'url: "http://x/", options: { password: 271828 }', /must be a string/],
    ['its URL as a number', 'url: 271828', /must be a string/],
  ])('as %s', (_name, repository, message) => {
    const { findings } = compileText(
      `schema: drydock/Region/v1\nmetadata: {name: r}\ndata: {repositories: {main: {${repository}}}}\n`,
    );
    expect(findings.map((finding) => finding.message).join('\n')).toMatch(message);
    expect(JSON.stringify(findings)).not.toMatch(/ter2|271828|https:/);
  });

  test.each([
    ['a network of an interface', 'networks: [mgmt, storage-1]', 'networks: [mgmt, "https://robot:hunter2@x/"]'],
    ['a VLAN', "vlan: '102'", 'vlan: "102 https://robot:hunter2@x/"'],
    ['the version of a package', '2ping: 3.2.1-1', '2ping: "https://robot:hunter2@x/"'],
    ['the path of an asset', 'path: /usr/local/bin/hello', 'path: "robot:hunter2@x/"'],
    ['permissions', "permissions: '755'", 'permissions: "robot:hunter2@x"'],
  ])('as %s', (_name, from, to) => {
    const { findings } = compileText(sampleWith(from, to));
    expect(findings.some(({ level }) => level !== 'info')).toBe(true);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });
});

test('the path of a systemd template unit is no secret', () => {
  const asset = '{ type: unit, path: /etc/systemd/system/a@b.service, data: x }';
  const { findings } = compileText(
    `schema: drydock/BaremetalNode/v1\nmetadata: { name: n }\ndata: { addressing: [{ network: x, address: dhcp }] }\n---\n` +
      `schema: drydock/BootAction/v1\nmetadata: { name: b }\ndata: { assets: [${asset}, ${asset}] }\n`,
  );
  expect(findings.map(({ message }) => message).join('\n')).toContain(
    'writes /etc/systemd/system/a@b.service on node n',
  );
});

describe('what is too long to be shown whole hides its user info all the same', () => {
  const long = `https://deploy:hunter2${'x'.repeat(60)}@repo.example.com/x`;

  test.each([
    ['a key', `schema: drydock/Region/v1\nmetadata: { name: s }\ndata: { "${long}": 1 }\n`],
    ['a schema', `schema: "drydock/${long}/v1"\nmetadata: { name: s }\ndata: {}\n`],
    ['a name', `schema: drydock/Region/v1\nmetadata: { name: "${long}" }\ndata: { foo: 1 }\n`],
    [
      'a key that stands twice',
      `schema: drydock/Rack/v1\nmetadata: { name: s }\n"${long}": 1\n"${long}": 2\ndata: {}\n`,
    ],
  ])('%s', (_name, text) => {
    const { findings } = compileText(text);
    expect(findings.some(({ rule }) => rule.startsWith('document.'))).toBe(true);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });
});

test.each(['https://u:hunter2@h/x', 'bmc_password:hunter2'])(
  'the name %s of a document is not shown by a reference to it',
  (name) => {
    const node = `schema: drydock/BaremetalNode/v1\nmetadata: { name: "${name}" }\n`;
    const { findings } = compileText(`${node}data: { foo: 1, addressing: [{ network: x, address: 10.0.0.5 }] }\n`);
    const rules = findings.filter(({ documents }) => documents.length > 0).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['document.unknown-key', 'network.ip-locality']));
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  },
);

test.each(['pass', 'pwd', 'api_key', 'apikey', 'private_key', 'credentials', 'tokens'])(
  '%s is a word for a secret',
  (word) => {
    const options = `schema: drydock/Region/v1\nmetadata: { name: r }\ndata: { repositories: { m: { repo_type: apt, url: "http://x/", arches: [a], options: { ${word}: 271828 } } } }\n`;
    const key = `schema: drydock/Region/v1\nmetadata: { name: r }\ndata: { "my_${word}:271828": 1, "${word}, 271828": 1 }\n`;
    for (const text of [options, key]) {
      const { findings } = compileText(text);
      expect(findings.some(({ rule }) => rule.startsWith('document.'))).toBe(true);
      expect(JSON.stringify(findings)).not.toContain('271828');
    }
  },
);
