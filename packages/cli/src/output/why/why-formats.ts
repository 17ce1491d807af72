import type { WhyDocument } from '@drydock/client';
import { asciiTable } from '../ascii-table.js';
import { oneLine } from '../one-line.js';
import { printable } from '../printable.js';
import { blockerSentence } from './blocker-sentence.js';
import { stepName, stepPlace } from './step-name.js';

/** How to print what stands in the way of a task. */
export const whyFormats = { text: whyText, json: oneLine } as const satisfies Record<
  string,
  (why: WhyDocument) => string
>;

export type WhyFormat = keyof typeof whyFormats;

/** The task and its own blockers, its steps by why they do not run, then a row per blocker of each step. */
function whyText(why: WhyDocument): string {
  const position = why.position === null ? '' : `, place ${why.position} of its queue`;
  const lines = [
    `${why.action} ${why.task_id} ${why.status} in lane ${why.lane}${position}`,
    ...why.blockers.map((blocker) => `  ${blockerSentence(blocker)}`),
    ...countLine(why.counts),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('') + stepTable(why.steps);
}

function countLine(counts: WhyDocument['counts']): readonly string[] {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? [] : [`steps: ${some.map(([reason, count]) => `${count} ${reason}`).join(', ')}`];
}

function stepTable(steps: WhyDocument['steps']): string {
  if (steps.length === 0) return '';
  const rows = steps.flatMap((step) => {
    const sentences = step.blockers.length === 0 ? [''] : step.blockers.map(blockerSentence);
    return sentences.map((sentence, index) =>
      (index === 0 ? [stepName(step), stepPlace(step), sentence] : ['', '', sentence]).map(printable),
    );
  });
  return asciiTable(['Step', 'Node', 'What stands in its way'], rows, 'left');
}
