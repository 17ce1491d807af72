import { describe, expect, test } from '@jest/globals';
import { compileDesign } from '@drydock/ingester';
import { generateSite, siteFormats } from './generate-site.js';

function compile(nodes: number, format: (typeof siteFormats)[number]) {
  return compileDesign(Buffer.from(generateSite(nodes, format)), 'site.yaml');
}

describe.each(siteFormats)('a generated site in the %s format', (format) => {
  test.each([1, 20, 45, 401])('of %i nodes is valid and has nothing to complain about', (nodes) => {
    const { design, findings } = compile(nodes, format);
    expect(findings.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(design?.nodes).toHaveLength(nodes);
  });

  test('is the same whenever it is made', () => {
    expect(generateSite(30, format)).toBe(generateSite(30, format));
  });
});

test('both formats say the same', () => {
  expect(compile(45, 'native').design).toEqual(compile(45, 'deckhand').design);
});

test('a node has what its profiles, its hardware and its rack give it', () => {
  const node = compile(45, 'deckhand').design?.nodes.find(({ name }) => name === 'rack-0001-u14');
  expect(node).toMatchObject({
    domain: 'row-001.example.test',
    hardwareProfile: 'compute-2u',
    rack: 'rack-0001',
    rackLabels: { row: 'row-001' },
    kernel: 'hwe-20.04',
    tags: ['workers', 'compute'],
    ownerData: { site: 'generated', openvswitch: 'enabled', unit: '14' },
    bootActions: ['join-cluster', 'packages', 'hugepages', 'first-row', 'first-racks'],
    oob: { type: 'ipmi', account: 'operator', network: 'oob-rack-0001', address: '10.0.0.17' },
  });
  expect(node?.kernelParameters).toContainEqual(['hugepages', '300']);
  expect(node?.kernelParameters.map(([key]) => key)).not.toContain('iommu');
});
