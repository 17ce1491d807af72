import { plainSite } from '@drydock/testkit';

/** A small valid site whose BMCs have a credential. */
export const sampleDesign = plainSite({
  racks: ['r1'],
  oob: '{ type: manual, account: admin, credential: hunter2 }',
  nodes: [
    { name: 'n1', address: '10.0.1.1', metadata: '{ rack: r1 }' },
    { name: 'n2', address: '10.0.1.2', metadata: '{ rack: r1 }' },
  ],
});

/** The sample with one thing put otherwise; what is replaced must be there. */
export function changedSample(found: string, put: string): string {
  if (!sampleDesign.includes(found)) throw new Error(`the sample does not hold ${found}`);
  return sampleDesign.replace(found, put);
}

/** Line, from 1, of the first occurrence of a text. */
export function lineOf(text: string, found: string): number {
  return text.slice(0, text.indexOf(found)).split('\n').length;
}
