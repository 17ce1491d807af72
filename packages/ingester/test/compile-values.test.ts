import { describe, expect, test } from '@jest/globals';
import { compileText, designOf, linesOf, sampleWith } from './compiled.js';
import { formats, writeDocuments } from './golden/site-documents.js';

describe('a value that nothing can be made of is an error at its place; nodes can still be listed', () => {
  test.each([
    ['a VLAN that is no number', "vlan: '102'", "vlan: 'abc'", 'Network "storage-1": "abc" is no VLAN id'],
    ['a VLAN out of range', "vlan: '102'", "vlan: '4095'", 'Network "storage-1": "4095" is no VLAN id'],
    [
      'packages as text',
      'data: { 2ping: 3.2.1-1, chrony: null }',
      'data: x',
      'BootAction "everywhere": asset 1 is a pkg_list with text',
    ],
    [
      'a file without a path',
      '- path: /usr/local/bin/hello\n      type: file',
      '- type: file',
      'BootAction "everywhere": asset 0 has no path',
    ],
    [
      'a file with packages',
      "data: 'echo {{ node.hostname }}'",
      'data: { a: b }',
      'BootAction "everywhere": asset 0 has data that is no text',
    ],
    [
      'a file of nothing',
      "      data: 'echo {{ node.hostname }}'\n",
      '',
      'BootAction "everywhere": asset 0 has neither data nor location',
    ],
  ])('%s', (_name, from, to, message) => {
    const result = compileText(sampleWith(from, to));
    expect(linesOf(result.findings.filter(({ rule }) => rule === 'compile.value'))).toEqual([
      expect.stringMatching(`^error DD0005 compile.value \\d+:\\d+ ${message.replaceAll(/[.[\]]/g, '\\$&')}`),
    ]);
    expect(result.isValid).toBe(false);
    expect(designOf(result).nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
  });

  test.each([
    [
      'a BMC port that is no number',
      'port: 8443',
      'port: web',
      'HostProfile "defaults": oob.port is not a number from 1 to 65535',
    ],
    [
      'a BMC port out of range',
      'port: 8443',
      'port: 65536',
      'HostProfile "defaults": oob.port is not a number from 1 to 65535',
    ],
    ['a BMC scheme', 'scheme: http ', 'scheme: ftp ', 'HostProfile "defaults": oob.scheme is not http or https'],
  ])('%s is advice, because the original never read it', (_name, from, to, message) => {
    const text = sampleWith(from, to);
    const said = ({ findings }: ReturnType<typeof compileText>) =>
      linesOf(findings.filter(({ rule }) => rule === 'compile.value'));
    const line = (level: string) => expect.stringMatching(`^${level} DD0005 compile.value \\d+:\\d+ ${message}`);
    expect(said(compileText(text))).toEqual([line('warning')]);
    expect(said(compileText(text, { strict: true }))).toEqual([line('error')]);
  });

  test('an empty VLAN id is none, as in the original', () => {
    const { findings, design } = compileText(sampleWith("vlan: '102'", "vlan: ''"));
    expect(linesOf(findings)).toEqual([]);
    expect(design?.site.networks.find(({ name }) => name === 'storage-1')?.vlanId).toBe(0);
  });

  test('a VLAN id is shown in so many words', () => {
    const { findings } = compileText(sampleWith("vlan: '102'", `vlan: '${'x'.repeat(60_000)}'`));
    for (const { message } of findings) expect(message.length).toBeLessThan(200);
  });

  test('a package list with a location may have text, which the location replaces', () => {
    const { findings, isValid } = compileText(
      sampleWith('data: { 2ping: 3.2.1-1, chrony: null }', 'data: x\n      location: http://127.0.0.1/p'),
    );
    expect(linesOf(findings)).toEqual([expect.stringMatching(/^warning DD001 document.ignored .*data is ignored/)]);
    expect(isValid).toBe(true);
  });

  test('no message shows a credential', () => {
    const { findings } = compileText(sampleWith('port: 8443, scheme: http', 'port: x, scheme: y'));
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });
});

test.each(formats)('route domains that would make endless routes are refused in the %s format', (format) => {
  const network = (index: number) => ({
    kind: 'Network',
    name: `n${index}`,
    body: {
      cidr: `10.${index >> 8}.${index & 255}.0/24`,
      routedomain: 'all',
      routes: [{ routedomain: 'all', gateway: `10.${index >> 8}.${index & 255}.1`, metric: 1 }],
    },
  });
  const result = compileText(
    writeDocuments(
      Array.from({ length: 1001 }, (_, index) => network(index)),
      format,
    ),
  );
  expect(linesOf(result.findings.filter(({ rule }) => rule === 'compile.value'))).toEqual([
    expect.stringMatching(/Network "n999": the route domains of the design make more than 1000000 routes/),
  ]);
  expect(designOf(result).site.networks[0]?.routes).toHaveLength(1);
});

test('what thousands of nodes inherit through thousands of profiles is said of the profile that says it', () => {
  const depth = 4000;
  const profiles = Array.from({ length: depth }, (_, index) => ({
    kind: 'HostProfile',
    name: `p${index}`,
    body: index === 0 ? { hardware_profile: 'none', primary_network: 'none' } : { host_profile: `p${index - 1}` },
  }));
  const nodes = Array.from({ length: depth }, (_, index) => ({
    kind: 'BaremetalNode',
    name: `n${index}`,
    body: { host_profile: `p${index}`, addressing: [{ network: 'n', address: 'dhcp' }] },
  }));
  const { findings } = compileText(writeDocuments([...profiles, ...nodes], 'deckhand'));
  expect(linesOf(findings.filter(({ code }) => code === 'DD0004'))).toEqual([
    expect.stringMatching(/^error .* HostProfile "p0": hardware profile "none"/),
    expect.stringMatching(/^warning .* HostProfile "p0": primary network "none"/),
  ]);
});
