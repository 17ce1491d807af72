import { describe, expect, test } from '@jest/globals';
import { compileDesign } from '../src/index.js';
import { parseDesign } from '../src/parse/parse-design.js';
import { compileText, linesOf, sample } from './compiled.js';

const rack = (name: string, body = '{}'): string =>
  `---\nschema: drydock/Rack/v1\nmetadata: {name: ${name}}\ndata: ${body}\n`;

/** What a stream is read as: the names of its racks, and what is said. */
function read(bytes: Uint8Array | string): { racks: readonly string[]; lines: readonly string[] } {
  const { documents, findings } = parseDesign(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'site.yaml');
  return { racks: documents.Rack.map(({ name }) => name), lines: linesOf(findings) };
}

function utf16(text: string, isBigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\u{feff}${text}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

describe('a stream', () => {
  test('that is empty is an empty design', () => {
    expect(read('')).toEqual({ racks: [], lines: [] });
    expect(read('# nothing\n')).toEqual({ racks: [], lines: [] });
  });

  test('may begin with a byte order mark, which is no character of the first line', () => {
    const text = rack('ä').slice(4);
    expect(read(`\u{feff}${text}`)).toEqual({ racks: ['ä'], lines: [] });
    expect(read(`\u{feff}${text.replace('metadata', 'mtadata')}`).lines).toEqual([
      expect.stringMatching(/^error DD000 document.required 1:1 /),
    ]);
  });

  test.each([
    ['little', false],
    ['big', true],
  ])('in UTF-16, %s end first, is read with a warning', (_name, isBigEndian) => {
    expect(read(utf16(rack('ä'), isBigEndian))).toEqual({
      racks: ['ä'],
      lines: [expect.stringMatching(/^warning DD000 document.encoding 1:1 the design is in UTF-16[LB]E, not UTF-8$/)],
    });
  });

  test.each([
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /^error DD000 document.encoding 1:1 .* in UTF-32LE/],
    ['a broken half of UTF-16', Buffer.from([0xff, 0xfe, 0x61]), /^error DD000 document.encoding 1:1 .* no UTF-16LE$/],
    ['UTF-16 without a mark', Buffer.from('a: b\n', 'utf16le'), /^error DD000 document.syntax 1:2 .*null byte/],
    ['zeros', new Uint8Array(8), /^error DD000 document.syntax 1:1 /],
  ])('of %s is one finding', (_name, bytes, line) => {
    expect(read(bytes).lines[0]).toMatch(line);
  });

  test('with a byte that is no UTF-8 says where, and its documents are read', () => {
    const bytes = Buffer.from(`${rack('a')}${rack('b', '{labels: {x: ?}}')}${rack('c')}`);
    bytes[bytes.indexOf('?')] = 0xe4;
    expect(read(bytes)).toEqual({
      racks: ['a', 'b', 'c'],
      lines: [expect.stringMatching(/^error DD000 document.encoding 8:20 byte 124 of the design is no UTF-8$/)],
    });
  });

  test('may hold the replacement character as such', () => {
    expect(read(rack('a', '{labels: {x: "\u{fffd}"}}'))).toEqual({ racks: ['a'], lines: [] });
  });
});

describe('a document that is no YAML', () => {
  const broken = 'schema: drydock/Rack/v1\nmetadata:\n  region: north\n  name: broken\ndata: [\n';
  const native = "apiVersion: 'drydock/v1'\nkind: Network\nmetadata: {name: broken}\nspec: {]\n";

  test.each([
    ['in the Deckhand format', broken, { schema: 'drydock/Rack/v1', name: 'broken' }],
    ['in the native format', native, { schema: 'drydock/Network/v1', name: 'broken' }],
    ['without a name', broken.replace('name: broken', 'title: broken'), { schema: 'drydock/Rack/v1', name: 'Unknown' }],
  ])('%s is named by the lines that are whole', (_name, text, document) => {
    const { findings, documents } = parseDesign(Buffer.from(`${rack('a')}---\n${text}${rack('b')}`), 'site.yaml');
    expect(findings).toEqual([expect.objectContaining({ rule: 'document.syntax', documents: [document] })]);
    expect(documents.Rack.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('and of somebody else has no name', () => {
    const { findings } = parseDesign(Buffer.from(broken.replace('drydock/Rack', 'pegleg/X')), 'site.yaml');
    expect(findings).toEqual([expect.objectContaining({ rule: 'document.syntax', documents: [] })]);
  });
});

describe('aliases', () => {
  const labels = (text: string): readonly string[] => read(rack('a', text)).lines;

  test('and merge keys work, and a mistake is pointed at where it stands', () => {
    expect(read(rack('a', '\n  location: &l {clli: x}\n  labels: {<<: *l, row: 1}'))).toEqual({
      racks: ['a'],
      lines: [],
    });
    expect(labels('\n  local_networks: &n [5]\n  labels: {<<: {row: *n}}')).toEqual([
      expect.stringMatching(/^error DD001 document.type 5:23 .*local_networks\[0\] must be a string/),
      expect.stringMatching(/^warning DD001 document.type 6:17 .*labels.row must be a scalar value/),
    ]);
  });

  test.each([
    ['a circle', '&a {labels: {x: *a}}', /points at no finished value/],
    ['an alias of nothing', '{labels: *nobody}', /the alias points at no finished value/],
    ['a merge of a text', '{labels: {<<: text}}', /<< needs a mapping/],
    ['a tag', '{labels: !!python/object:os.system {}}', /this tag is not allowed/],
  ])('with %s are one finding, and the next document is read', (_name, body, problem) => {
    expect(read(`${rack('a', body)}${rack('b')}`)).toEqual({
      racks: ['b'],
      lines: [expect.stringMatching(/^error DD000 document.syntax 4:\d+ /)],
    });
    expect(labels(body)[0]).toMatch(problem);
  });
});

describe('more than can be handled', () => {
  const bomb = (levels: number, first: string): string => {
    const lines = [`  a0: &a0 ${first}`];
    for (let level = 1; level < levels; level += 1) {
      lines.push(`  a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    return `\n${lines.join('\n')}`;
  };

  test('aliases that multiply are one finding', () => {
    expect(read(`${rack('a', bomb(12, '[x]'))}${rack('b')}`)).toEqual({
      racks: ['b'],
      lines: [expect.stringMatching(/^error DD000 document.syntax \d+:\d+ .*more than 2000000 values/)],
    });
  });

  test('aliases that multiply in several documents end the reading', () => {
    const body = bomb(6, '[x, x, x, x, x]');
    const { racks, lines } = read(['a', 'b', 'c', 'd'].map((name) => rack(name, body)).join(''));
    expect(racks).toEqual(['a', 'b']);
    expect(lines.at(-1)).toMatch(
      /^error DD000 document.limit 21:1 aliases .* stand for more than 2000000 values; from here on nothing was read$/,
    );
  });

  test('findings of a whole stream are counted when they are too many', () => {
    const { lines } = read('---\n'.repeat(20_007));
    expect(lines).toHaveLength(20_001);
    expect(lines.at(-1)).toMatch(
      /^warning DD000 document.limit 1:1 the documents .* have 7 more warnings than are listed$/,
    );
  });

  test('mistakes that aliases multiply are counted, not listed', () => {
    const { lines } = read(rack('a', `\n  local_networks:\n    - &n [&m {}, *m, *m]\n${'    - *n\n'.repeat(5000)}`));
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatch(/^error DD000 document.limit 2:1 the document has 4901 more errors than are listed$/);
  });

  test('warnings that are left out make no error', () => {
    const keys = Array.from({ length: 150 }, (_, index) => `stray${index}: x`).join(', ');
    const { lines } = read(rack('a', `{tor_switches: {t: {${keys}}}}`));
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toMatch(
      /^warning DD000 document.limit 2:1 the document has 50 more warnings than are listed$/,
    );
  });

  test.each([
    ['lists', '['.repeat(100_000)],
    ['mappings', '{a: '.repeat(100_000)],
    ['indentation', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('nesting of %s without end is one finding', (_name, text) => {
    expect(read(`---\n${text}\n${rack('b')}`)).toEqual({
      racks: ['b'],
      lines: [expect.stringMatching(/^error DD000 document.syntax \d+:\d+ /)],
    });
  });

  test('a text of a hundred thousand characters is one finding that does not repeat it', () => {
    const { lines } = read(rack('a', `{location: {clli: ${'x'.repeat(100_000)}}}`));
    expect(lines).toEqual([
      expect.stringMatching(
        /^error DD000 document.limit 4:19 Rack "a": data.location.clli has 100000 characters; 65536 is/,
      ),
    ]);
  });

  test('a key of a hundred thousand characters is one finding that does not repeat it', () => {
    const { lines } = read(rack('a', `{labels: {? ${'x'.repeat(100_000)} : y}}`));
    expect(lines).toEqual([expect.stringMatching(/^error DD000 document.limit .{1,200}1024 is the limit$/)]);
  });

  test('digits without end are text', () => {
    expect(read(rack('a', `{labels: {x: ${'9'.repeat(50_000)}}}`)).lines).toEqual([]);
  });
});

describe('being strict', () => {
  const levels = (text: string, strict: boolean): readonly string[] =>
    parseDesign(Buffer.from(text), 'site.yaml', { strict }).findings.map(({ rule, level }) => `${level} ${rule}`);

  test('makes an error of what the schemas meant to refuse', () => {
    const text =
      'apiVersion: drydock/v2\nkind: Network\nmetadata: {name: 7}\nspec: {cidr: 10.0.0.0/24, valn: x, mtu: "1"}\n';
    const rules = ['document.version', 'document.type', 'document.unknown-key', 'document.type'];
    expect(levels(text, false)).toEqual(rules.map((rule) => `warning ${rule}`));
    expect(levels(text, true)).toEqual(rules.map((rule) => `error ${rule}`));
  });

  test.each([
    ['keys that stand twice', rack('a', '{labels: {a: b, a: c}}'), 'document.duplicate-key'],
    ['empty documents', `---\n${rack('a')}`, 'document.empty'],
    ['keys that no schema ever refused', rack('a', '{tor_switches: {t: {color: red}}}'), 'document.unknown-key'],
    [
      'values that another makes void',
      rack('a', '{tor_switches: {t: {sdn_api_uri: "x:", sdn_api_url: "x:"}}}'),
      'document.ignored',
    ],
  ])('leaves %s a warning', (_name, text, rule) => {
    expect(levels(text, true)).toEqual([`warning ${rule}`]);
  });

  test('leaves no design when it finds an error', () => {
    const text = rack('a', '{tor_switches: {t: {mgmt_ip: nowhere}}}');
    expect(compileText(text).design).not.toBeNull();
    const strict = compileDesign(Buffer.from(text), 'site.yaml', { strict: true });
    expect([strict.design, strict.isValid]).toEqual([null, false]);
  });

  test('finds nothing wrong with a site that is right', () => {
    for (const name of ['site-deckhand', 'site-native'] as const) {
      expect(levels(sample(name), true)).toEqual([]);
    }
  });
});

describe('no finding shows a secret', () => {
  test.each([
    ['of a passphrase', 'schema: deckhand/Passphrase/v1\nmetadata: {name: p, name: q}\ndata: hunter2\n'],
    ['of a document without a schema', 'data: hunter2\n'],
    [
      'of a BMC',
      'schema: drydock/HostProfile/v1\nmetadata: {name: p}\ndata: {oob: {credential: 271828, account: [271828], ilo: {x: 271828}}}\n',
    ],
    [
      'in a URL',
      "schema: drydock/Region/v1\nmetadata: {name: p}\ndata: {repositories: {r: {url: '//robot:hunter2@x', gpgkey: [hunter2]}}}\n",
    ],
    [
      'beside a syntax error',
      'schema: drydock/HostProfile/v1\nmetadata: {name: p}\ndata: {oob: {credential: hunter2]}}\n',
    ],
    [
      'in a repository type that swallowed a URL',
      "schema: drydock/Region/v1\nmetadata: {name: p}\ndata: {repositories: {r: {repo_type: 'apt url: https://robot:hunter2@x/'}}}\n",
    ],
  ])('%s', (_name, text) => {
    const said = JSON.stringify(parseDesign(Buffer.from(text), 'site.yaml').findings);
    expect(said).not.toMatch(/hunter2|271828/);
  });

  const head = {
    deckhand: 'schema: drydock/HostProfile/v1\nmetadata: {name: p}\ndata:\n',
    native: 'apiVersion: drydock/v1\nkind: HostProfile\nmetadata: {name: p, region: r}\nspec:\n',
  };
  const damaged = [
    '  oob:\n    credential:hunter2\n',
    '  oob:\n    credential:hunter2:\n',
    '  oob:\n    credential=hunter2: x\n',
    '  oob: {credential:hunter2}\n',
    '  oob: {credential;hunter2, credential;hunter2}\n',
    '  oob: {credential=hunter2: [x]}\n',
    '  oob:\n    ? credential:hunter2\n',
    '  oob:\n    ? hunter2\n',
    '  oob:\n    ? [hunter2]\n    : x\n',
    '  oob: {? 271828, hunter2: {a: b}}\n',
    '  oob:\n  credential:hunter2:\n',
    '  oob:\n  "credential: hunter2":\n',
    '  oob: [credential, hunter2]\n',
    '  oob: credential:hunter2\n',
  ];
  test.each((['deckhand', 'native'] as const).flatMap((format) => damaged.map((body) => [format, body] as const)))(
    'of a BMC in a damaged %s stanza %j',
    (format, body) => {
      const { findings } = parseDesign(Buffer.from(head[format] + body), 'site.yaml');
      expect(JSON.stringify(findings)).not.toMatch(/hunter2|271828/);
    },
  );

  test('but the line of a stray key of the BMC is shown', () => {
    const { findings } = parseDesign(
      Buffer.from(`${head.deckhand}  oob:\n    type: redfish\n    ? hunter2\n`),
      'site.yaml',
    );
    expect(findings).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('oob has a key'),
        place: expect.objectContaining({ line: 6 }),
      }),
    ]);
  });
});
