import { plainSite } from '@drydock/testkit';

/** A design of nodes with nothing special about them, for the scripted driver. */
export function scriptedDesign(nodeNames: readonly string[]): string {
  return plainSite({
    racks: ['rack-1'],
    oob: '{ type: scripted }',
    nodes: nodeNames.map((name, index) => ({ name, address: `10.0.1.${index + 1}`, metadata: '{ rack: rack-1 }' })),
  });
}
