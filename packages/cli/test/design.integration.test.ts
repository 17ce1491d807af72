import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { DesignReport } from '../src/output/findings/design-report.js';
import { findingFormats } from '../src/output/findings/finding-formats.js';
import { startFakeApi } from './fake-api.js';
import { runCommand } from './run-command.js';
import { changedSample, lineOf, sampleDesign } from './sample-design.js';

const sameAddress = changedSample('address: 10.0.1.2', 'address: 10.0.1.1');
const noProfile = changedSample('host_profile: plain', 'host_profile: nobody');

let folder: string;
let server: Server;
let serverUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-cli-designs-'));
  await Promise.all([
    writeFile(at('good.yaml'), sampleDesign),
    writeFile(at('same-address.yaml'), sameAddress),
    writeFile(at('no-profile.yaml'), noProfile),
  ]);
  server = createServer((request, response) => {
    response.writeHead(request.url === '/good.yaml' ? 200 : 404).end(sampleDesign);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const at = (name: string): string => join(folder, name);
const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
interface SarifResult {
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
}
const validate = (...words: readonly string[]) => runCommand(['design', 'validate', ...words]);

describe('design validate', () => {
  test('says that a design is valid, and ends with 0', async () => {
    const { code, out, err } = await validate(at('good.yaml'));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^${at('good.yaml')}: valid, 0 errors, \\d+ warnings?\n$`, 'm'));
  });

  test('names place, rule and remedy of every problem, and ends with 11', async () => {
    const { code, out } = await validate(at('same-address.yaml'));
    expect(code).toBe(11);
    expect(out).toMatch(/^\S+same-address\.yaml:\d+:\d+: error: .*10\.0\.1\.1.* \[network\.[a-z-]+ DD2005\]\n {4}\S/m);
    expect(out).toMatch(/same-address\.yaml: not valid, 1 error, \d+ warning/);
  });

  test('ends with 11 when one of several designs is not valid, and speaks of each', async () => {
    const { code, out } = await validate(at('good.yaml'), at('no-profile.yaml'));
    expect(code).toBe(11);
    expect(out).toMatch(/good\.yaml: valid/);
    expect(out).toMatch(/no-profile\.yaml: not valid/);
  });

  const sources: readonly (readonly [what: string, ref: () => string])[] = [
    ['a file:// URL', () => pathToFileURL(at('good.yaml')).href],
    ['a URL of this machine', () => `${serverUrl}/good.yaml`],
    ['standard input', () => '-'],
  ];

  test.each(sources)('reads %s', async (_, ref) => {
    const readInput = () => Promise.resolve(Buffer.from(sampleDesign));
    const { code, out, err } = await runCommand(['design', 'validate', ref()], { readInput });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`${ref()}: valid`);
  });

  const unreadable: readonly (readonly [what: string, ref: () => string, told: RegExp])[] = [
    ['a file that is missing', () => at('none.yaml'), /none\.yaml cannot be read \(ENOENT\)/],
    ['a folder', () => folder, /cannot be read \(EISDIR\)/],
    ['a page that is missing', () => `${serverUrl}/none.yaml`, /status 404|answered with 404|404/],
    ['an unknown scheme', () => 'ftp://host/site.yaml', /scheme ftp: .* not supported/],
    ['no host', () => 'http://', /http:\/\/ reference names no host/],
    ['a host that one slash makes none', () => 'http:/x', /http:\/\/ reference names no host/],
    ['a port alone', () => 'https://:80/', /https:\/\/ reference names no host/],
    ['no host to show a token', () => 'deckhand+http://', /deckhand\+http:\/\/ reference names no host/],
    ['a port that is none', () => 'https://host:99999/', /host or port of the https:\/\/ reference/],
    ['no path', () => 'file:', /file:\/\/ reference names no file/],
    ['a file:// URL of another host', () => 'file://elsewhere/site.yaml', /file:\/\/ reference names no host/],
    [
      'a file:// URL that is missing',
      () => pathToFileURL(at('none.yaml')).href,
      /none\.yaml cannot be read \(ENOENT\)/,
    ],
  ];

  test.each(unreadable)('ends with 1 for %s, which is a finding', async (_, ref, told) => {
    const { code, out, err } = await validate(ref());
    expect([code, err]).toEqual([1, 'Error: 1 of 1 designs cannot be read; the findings say why\n']);
    expect(out).toMatch(told);
    expect(out).toMatch(new RegExp(`^${escaped(ref())}:1:1: error: .* \\[design_\\w+ DD000\\]$`, 'm'));
    expect(out).toContain(`${ref()}: not read, 1 error, 0 warnings\n`);
  });

  test('ends with 1 for standard input that cannot be read', async () => {
    const readInput = () => Promise.reject(Object.assign(new Error('EISDIR: illegal'), { code: 'EISDIR' }));
    const { code, out } = await runCommand(['design', 'validate', '-'], { readInput });
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^stdin:1:1: error: standard input cannot be read \(EISDIR\)/),
    ]);
  });

  test('shows no user info and no query of a reference', async () => {
    const refs = [
      'http://me:hunter2@127.0.0.1:1/a?token=hunter3#hunter4',
      'http://me:hunter2@',
      'ftp://me:hunter2@host/',
    ];
    for (const format of Object.keys(findingFormats)) {
      const { code, out, err } = await validate('-f', format, ...refs, serverUrl.replace('//', '//me:hunter2@'));
      expect(code).toBe(1);
      expect(out + err).not.toMatch(/hunter/);
    }
  });

  describe('with one of several designs that cannot be read shows what is to be said of the others', () => {
    const refs = () => [at('no-profile.yaml'), at('none.yaml'), at('same-address.yaml')];

    test('as text', async () => {
      const { code, out, err } = await validate(...refs());
      expect([code, err]).toEqual([1, 'Error: 1 of 3 designs cannot be read; the findings say why\n']);
      expect(out).toMatch(/^\S+no-profile\.yaml:\d+:\d+: error: /m);
      expect(out).toMatch(
        /^\S+none\.yaml:1:1: error: \S+none\.yaml cannot be read \(ENOENT\); .* \[design_unavailable DD000\]$/m,
      );
      expect(out).toMatch(/^\S+same-address\.yaml:\d+:\d+: error: .* DD2005\]$/m);
    });

    test('as JSON', async () => {
      const { code, out } = await validate('-f', 'json', ...refs());
      const reports = JSON.parse(out);
      expect(code).toBe(1);
      expect(reports.map(({ reference, isRead }: DesignReport) => [reference, isRead])).toEqual([
        [at('no-profile.yaml'), true],
        [at('none.yaml'), false],
        [at('same-address.yaml'), true],
      ]);
      expect(reports[1]).toMatchObject({
        isValid: false,
        findings: [
          { rule: 'design_unavailable', level: 'error', place: { source: at('none.yaml'), line: 1, column: 1 } },
        ],
      });
      expect(reports[2].findings).toContainEqual(expect.objectContaining({ code: 'DD2005', level: 'error' }));
    });

    test('as SARIF, whose run says that it did not succeed', async () => {
      const { code, out } = await validate('-f', 'sarif', ...refs());
      const [{ tool, results, invocations }] = JSON.parse(out).runs;
      expect([code, invocations]).toEqual([1, [{ executionSuccessful: false }]]);
      const places = results.map(({ locations: [one] }: SarifResult) => one.physicalLocation.artifactLocation.uri);
      expect(new Set(places)).toEqual(new Set(refs().map((path) => pathToFileURL(path).href)));
      const rule = tool.driver.rules.find(({ id }: { id: string }) => id === 'design_unavailable');
      expect(rule.help.text).toMatch(/docs\/errors\.md/);
    });

    test('as workflow commands', async () => {
      const { code, out } = await validate('-f', 'github', ...refs());
      expect(code).toBe(1);
      expect(out).toMatch(
        /^::error file=\S+none\.yaml,line=1,col=1,title=DD000 design_unavailable::\S+ cannot be read/m,
      );
      expect(out).toMatch(/^::error file=\S+no-profile\.yaml,/m);
      expect(out).toMatch(/^::error file=\S+same-address\.yaml,/m);
    });

    test('by the API, too', async () => {
      const answer = { status: 'Success', code: 200, details: { errorCount: 0, messageList: [] } };
      const refusal = { type: 'error', message: 'https://b.test/ did not answer', retry: true };
      const api = await startFakeApi({
        'POST /validatedesign': [
          [200, answer],
          [502, refusal],
          [200, answer],
        ],
      });
      const refs = ['https://a.test/', 'https://b.test/', 'https://c.test/'];
      const { code, out, err } = await runCommand(['-u', api.url, 'design', 'validate', '--via-api', ...refs]);
      await api.close();
      expect([code, err]).toEqual([1, 'Error: 1 of 3 designs cannot be read; the findings say why\n']);
      expect(out.split('\n')).toEqual([
        'https://a.test/: valid, 0 errors, 0 warnings',
        expect.stringMatching(/^https:\/\/b\.test\/:1:1: error: POST .*: 502 https:\/\/b\.test\/ did not answer \[/),
        'https://b.test/: not read, 1 error, 0 warnings',
        'https://c.test/: valid, 0 errors, 0 warnings',
        '',
      ]);
    });
  });

  test.each([
    [['design', 'validate'], /missing required argument 'ref'/],
    [['design', 'validate', 'a', '-f', 'xml'], /--format.*text, json, sarif, github/],
    [['design', 'render'], /missing required argument 'ref'/],
    [['design', 'paint', 'a'], /unknown command 'paint'/],
  ])('%j ends with 2', async (words, told) => {
    const { code, err } = await runCommand(words);
    expect(code).toBe(2);
    expect(err).toMatch(told);
  });

  test('as JSON gives every finding, rules that found nothing included', async () => {
    const { out } = await validate('-f', 'json', at('same-address.yaml'));
    const [report] = JSON.parse(out);
    expect(report).toMatchObject({ reference: at('same-address.yaml'), isValid: false });
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'DD2005', level: 'error' }));
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'DD2006', level: 'info' }));
  });

  test('as SARIF gives one result per problem, each pointing at its rule and line', async () => {
    const { code, out } = await validate('-f', 'sarif', at('same-address.yaml'), at('no-profile.yaml'));
    const log = JSON.parse(out);
    expect(code).toBe(11);
    expect(log).toMatchObject({ $schema: expect.stringContaining('sarif-2.1.0'), version: '2.1.0' });
    const [{ tool, results }] = log.runs;
    expect(tool.driver.name).toBe('drydock');
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(results.length).toBeGreaterThanOrEqual(2);
    for (const { ruleId, ruleIndex, level, message } of results) {
      expect([ids[ruleIndex], ['error', 'warning'].includes(level), message.text.length > 0]).toEqual([
        ruleId,
        true,
        true,
      ]);
    }
    const [location] = results.find((one: { ruleId: string }) => one.ruleId === 'compile.parent').locations;
    expect(location.physicalLocation).toEqual({
      artifactLocation: { uri: pathToFileURL(at('no-profile.yaml')).href },
      region: { startLine: lineOf(noProfile, 'host_profile: nobody'), startColumn: expect.any(Number) },
    });
    expect(location.logicalLocations).toEqual([
      { name: 'n1', fullyQualifiedName: 'drydock/BaremetalNode/v1/n1', kind: 'object' },
    ]);
  });

  test('as workflow commands names file, line and column', async () => {
    const { out } = await validate('-f', 'github', at('no-profile.yaml'));
    const line = lineOf(noProfile, 'host_profile: nobody');
    expect(out).toMatch(
      new RegExp(`^::error file=\\S+no-profile\\.yaml,line=${line},col=\\d+,title=DD0004 compile\\.parent::\\S`, 'm'),
    );
  });

  test('by the API sends the reference and prints what it says the same way', async () => {
    const finding = { kind: 'ValidationMessage', name: 'DD2005', message: 'twice', error: true, level: 'Error' };
    const more = { diagnostic: 'give another', ts: '', documents: [], rule: 'network.duplicate', related: [] };
    const place = { source: '/srv/a.yaml', line: 3, column: 5 };
    const api = await startFakeApi({
      'POST /validatedesign': [
        [
          400,
          { status: 'Failure', code: 400, details: { errorCount: 1, messageList: [{ ...finding, ...more, place }] } },
        ],
      ],
    });
    const { code, out } = await runCommand(['-u', api.url, 'design', 'validate', '--via-api', 'file:///srv/a.yaml']);
    await api.close();
    expect(code).toBe(11);
    expect(out).toMatch(/^\/srv\/a\.yaml:3:5: error: twice \[network\.duplicate DD2005\]\n {4}give another\n/);
    expect(api.requests).toEqual([
      {
        request: 'POST /validatedesign',
        body: { href: 'file:///srv/a.yaml', rel: 'design', type: 'application/x-yaml' },
      },
    ]);
  });
});

describe('design render', () => {
  test('prints the effective site without its secrets', async () => {
    const { code, out } = await runCommand(['design', 'render', at('good.yaml')]);
    expect(code).toBe(0);
    expect(out).not.toContain('hunter2');
    const { site, nodes } = load(out) as { site: { region: string }; nodes: { name: string; oob: object }[] };
    expect(site.region).toBe('region');
    expect(nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
    expect(nodes[0]?.oob).toMatchObject({ type: 'manual', account: 'admin', credential: null });
  });

  test('prints one node', async () => {
    const { out } = await runCommand(['design', 'render', at('good.yaml'), '--node', 'n2']);
    expect(load(out)).toMatchObject({ name: 'n2', primaryNetwork: 'pxe', hardwareProfile: 'plain' });
  });

  test('of a node that is not there ends with 2', async () => {
    const { code, out, err } = await runCommand(['design', 'render', at('good.yaml'), '--node', 'n9']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/--node <name>.*n9/);
  });

  test('of a design that breaks a rule prints it and tells the problem', async () => {
    const { code, out, err } = await runCommand(['design', 'render', at('same-address.yaml')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^site:/);
    expect(err).toMatch(/DD2005/);
  });

  test('of a design that cannot be read ends with 11 and the reason', async () => {
    const { code, out, err } = await runCommand(['design', 'render', at('no-profile.yaml')]);
    expect([code, out]).toEqual([11, '']);
    expect(err).toMatch(/host profile "nobody"/);
  });
});

describe('design diff', () => {
  const diff = (...words: readonly string[]) => runCommand(['design', 'diff', ...words]);
  let changed: string;
  beforeAll(async () => {
    const [first = ''] = sampleDesign.split(
      /(?=---\napiVersion: drydock\/v1\nkind: BaremetalNode\nmetadata: \{ name: n2)/,
    );
    const site = first.replace('image: focal', 'image: jammy').replaceAll('hunter2', 'hunter3');
    changed = at('changed.yaml');
    await writeFile(changed, site.replace('cidr: 10.0.0.0/16', 'cidr: 10.0.0.0/15'));
  });

  test('says which nodes and parts change, and how, without secrets', async () => {
    const { code, out } = await diff(at('good.yaml'), changed);
    expect(code).toBe(0);
    expect(out).toContain('~ BaremetalNode n1\n');
    expect(out).toContain('    image: "focal" → "jammy"\n');
    expect(out).toContain('- BaremetalNode n2\n');
    expect(out).toMatch(/^~ Network pxe\n {4}cidr: "10\.0\.0\.0\/16" → "10\.0\.0\.0\/15"$/m);
    expect(out).toContain('nodes: 0 added, 1 removed, 1 changed; all: 0 added, 1 removed, 2 changed\n');
    expect(out).not.toMatch(/hunter/);
  });

  test('of the same meaning says so, whatever the format', async () => {
    const same = await diff('--exit-code', at('good.yaml'), pathToFileURL(at('good.yaml')).href);
    expect([same.code, same.out]).toEqual([0, 'the designs mean the same\n']);
    const { out } = await diff('-f', 'json', at('good.yaml'), at('good.yaml'));
    expect(JSON.parse(out)).toEqual({ parts: [], bootActionOrder: null });
  });

  test('ends with 14 when asked whether the designs differ', async () => {
    expect((await diff('--exit-code', at('good.yaml'), changed)).code).toBe(14);
  });

  test('ends with 11 when one of them cannot be read', async () => {
    const { code, out, err } = await diff(at('good.yaml'), at('no-profile.yaml'));
    expect([code, out]).toEqual([11, '']);
    expect(err).toMatch(/host profile "nobody"/);
  });

  test('of standard input with itself ends with 2', async () => {
    expect(await diff('-', '-')).toMatchObject({ code: 2, err: expect.stringMatching(/only one of the two/) });
  });
});

test('design graph prints a Mermaid flowchart of racks, nodes, links and networks', async () => {
  const { code, out, err } = await runCommand(['design', 'graph', at('good.yaml')]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^flowchart /);
  for (const thing of [/subgraph .*rack r1/, /n1/, /n2/, /pxe/, /10\.0\.0\.0/]) expect(out).toMatch(thing);
});
