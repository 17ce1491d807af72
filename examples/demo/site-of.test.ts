import { expect, test } from '@jest/globals';
import { siteOf } from './site-of.js';
import { compiled, demoDesign } from './test/demo-design.js';

test('a generated site is valid and has the nodes that were asked for, in racks of 20', () => {
  const { nodes, site } = compiled(siteOf(41));
  expect(nodes).toHaveLength(41);
  expect(site.racks.map(({ name }) => name)).toEqual(['rack01', 'rack02', 'rack03']);
  expect([nodes[19], nodes[20], nodes[40]].map((node) => [node?.name, node?.rack])).toEqual([
    ['r01n20', 'rack01'],
    ['r02n01', 'rack02'],
    ['r03n01', 'rack03'],
  ]);
});

test('its nodes are the compute nodes of the hand-written site', () => {
  const [written] = demoDesign('r01n03').nodes;
  const generated = compiled(siteOf(3)).nodes[2];
  expect(generated).toEqual(written);
});

test('it has the networks, links and repositories of the hand-written site', () => {
  const { racks: _written, ...written } = demoDesign().site;
  const { racks: _generated, ...generated } = compiled(siteOf(1)).site;
  expect(generated).toEqual(written);
});

test('every BMC has an address of its own, below 127.16.0.0/16, at the port that was asked for', () => {
  const { nodes } = compiled(siteOf(100, { bmcPort: 4711 }));
  expect(new Set(nodes.map(({ oob }) => oob?.address)).size).toBe(100);
  for (const { oob } of nodes) expect([oob?.address, oob?.port]).toEqual([expect.stringMatching(/^127\.16\./), 4711]);
});

test.each([0, -1, 1.5, 4001, Number.NaN])('a site of %p nodes is refused', (count) => {
  expect(() => siteOf(count)).toThrow(RangeError);
});
