import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { chooseTranslators, compileDesign, documentTranslators } from '@drydock/ingester';
import { describeDocumentTranslator } from '../../packages/ingester/test/translators/document-translator-contract.js';
import { hostListTranslator } from './host-list-translator.js';

const host = `hosts: example/v1
host: web-01
profile: web
rack: r1
labels:
  zone: a
addresses:
  pxe: dhcp
  mgmt: 10.0.1.11
`;

describeDocumentTranslator(hostListTranslator, {
  documents: [
    {
      text: host,
      kind: 'BaremetalNode',
      name: 'web-01',
      lines: [
        { keys: ['host_profile'], line: 3 },
        { keys: ['metadata', 'rack'], line: 4 },
        { keys: ['metadata', 'owner_data', 'zone'], line: 6 },
        { keys: ['addressing', 1, 'address'], line: 9 },
        { keys: ['addressing'], line: 7 },
        { keys: ['interfaces', 'eno1'], line: 1 },
      ],
    },
  ],
  unknown: [{ text: 'host: web-01\nhosts: example/v2\n', line: 2 }],
  rootKeys: ['hosts', 'host', 'profile', 'rack', 'mac', 'tags', 'labels', 'addresses'],
});

function compile(text: string) {
  const translators = chooseTranslators([], [...documentTranslators, hostListTranslator]);
  return compileDesign(Buffer.from(text), 'site.yaml', { translators });
}

const site = readFileSync(new URL('site.yaml', import.meta.url), 'utf8');

test('its documents and those of other formats make one design', () => {
  expect(compile(site).design?.nodes).toMatchObject([
    {
      name: 'web-01',
      domain: 'site.example.test',
      hardwareProfile: 'small',
      bootMac: '52:54:00:00:00:01',
      tags: ['web'],
      ownerData: { zone: 'a' },
      addressing: [{ network: 'mgmt', type: 'static', address: '10.0.1.11' }],
    },
    { name: 'web-02' },
  ]);
});

test('a finding of a rule points at the line of the host list, and names the document as it is written', () => {
  const line = site.split('\n').indexOf('  mgmt: 10.0.2.12') + 1;
  const { findings } = compile(site);
  expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
    { rule: 'network.ip-locality', documents: [{ schema: 'example/Host/v1', name: 'web-02' }], place: { line } },
  ]);
});

test.each([
  ['a host without a name', host.replace('host: web-01\n', ''), /^1: Host "Unknown": host is missing/],
  ['a rack that is a list', host.replace('rack: r1', 'rack: [r1]'), /^4: Host "web-01": rack must be a string/],
  ['a key that means nothing', `${host}rak: r1\n`, /^10: Host "web-01": rak is unknown here/],
  ['a host without addresses', host.slice(0, host.indexOf('addresses')), /^1: Host "web-01": addresses /],
  [
    'addresses that are no mapping',
    host.replace(/addresses:[^]*/, 'addresses: dhcp'),
    /^7: Host "web-01": addresses must/,
  ],
])('%s is a finding in the words of the host list', (_name, text, message) => {
  const [finding] = compile(text).findings;
  expect(`${finding?.place?.line}: ${finding?.message}`).toMatch(message);
});
