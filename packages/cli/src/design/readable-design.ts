import type { CompiledDesign } from '@drydock/model';
import type { CommandContext } from '../commands/command-context.js';
import { exitCodes } from '../exit-codes.js';
import { renderText } from '../output/findings/render-text.js';
import { compileReference } from './compile-reference.js';

/**
 * The design behind a REF. Its problems are told; when they leave no design, the command ends as a failure and this
 * gives null.
 */
export async function readableDesign(
  reference: string,
  { surroundings, endWith }: CommandContext,
): Promise<CompiledDesign | null> {
  const { report, design } = await compileReference(reference, surroundings);
  if (!report.isValid) surroundings.tell(renderText([report]));
  if (design === null) endWith(exitCodes.failure);
  return design;
}
