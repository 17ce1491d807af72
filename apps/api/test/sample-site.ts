import { plainSite } from '@drydock/testkit';

/** A small valid site: node n1 in rack r1 with the tag `test`, n2 in r2 without. */
export const sampleSite = plainSite({
  racks: ['r1', 'r2'],
  oob: '{ type: manual }',
  nodes: [
    { name: 'n2', address: '10.0.1.2', metadata: '{ rack: r2, owner_data: { zone: b } }' },
    { name: 'n1', address: '10.0.1.1', metadata: '{ rack: r1, tags: [test], owner_data: { zone: a } }' },
  ],
});

/** The same site with many more nodes: enough to keep a thread busy for a while. */
export function largeSite(nodes: number): string {
  const more = Array.from(
    { length: nodes },
    (_, index) => `---
apiVersion: drydock/v1
kind: BaremetalNode
metadata: { name: more${index} }
spec:
  host_profile: plain
  addressing: [{ network: pxe, address: 10.0.${2 + Math.floor(index / 250)}.${1 + (index % 250)} }]
`,
  );
  return sampleSite + more.join('');
}
