import type { StatusNote, Verb } from '@drydock/model';
import type { Stop } from '@drydock/model/db';

/** What a machine goes on with by itself once it was told to, whoever terminates the task. */
const goesOn: Partial<Readonly<Record<Verb, string>>> = {
  configure_hardware: 'MAAS goes on commissioning what it was told to commission',
  deploy_node: 'MAAS goes on deploying what it was told to deploy',
  destroy_node: 'MAAS goes on releasing what it was told to release',
};

/** A message of ten thousand names is nobody's reading. */
const namesPerNote = 100;

/** Tells where everything stopped that did not come to its end: nodes that stopped at the same place share a message. */
export function notesOfStops(stops: readonly Stop[]): readonly StatusNote[] {
  const alike = new Map<string, Stop[]>();
  for (const stop of stops) {
    const place = placeOf(stop);
    const known = alike.get(place);
    if (known) known.push(stop);
    else alike.set(place, [stop]);
  }
  return [...alike].flatMap(([place, group]) =>
    chunks(group).map((chunk) => ({
      text: `the task was terminated; ${place}: ${chunk.map(nameOf).join(', ')}`,
      isError: true,
      ...contextOf(chunk),
    })),
  );
}

function placeOf({ nodeName, verb, hasBegun, hasActed }: Stop): string {
  if (nodeName === null) return hasBegun ? 'stopped in the middle' : 'never begun';
  if (!hasBegun) return `stopped before ${verb}`;
  const consequence = hasActed ? goesOn[verb] : undefined;
  return `stopped in the middle of ${verb}${consequence === undefined ? '' : ` (${consequence})`}`;
}

function nameOf({ nodeName, verb }: Stop): string {
  return nodeName ?? verb;
}

function contextOf([first, ...others]: readonly Stop[]): Pick<StatusNote, 'contextType' | 'context'> {
  const nodeName = others.length === 0 ? first?.nodeName : null;
  return typeof nodeName === 'string'
    ? { contextType: 'node', context: nodeName }
    : { contextType: 'NA', context: 'NA' };
}

function chunks(stops: readonly Stop[]): readonly (readonly Stop[])[] {
  const count = Math.ceil(stops.length / namesPerNote);
  return Array.from({ length: count }, (_, index) => stops.slice(index * namesPerNote, (index + 1) * namesPerNote));
}
