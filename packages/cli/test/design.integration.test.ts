import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
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
  ];

  test.each(unreadable)('ends with 1 for %s', async (_, ref, told) => {
    const { code, out, err } = await validate(ref());
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(told);
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
