import type { CompiledDesign } from '@drydock/model';
import type { CommandContext } from '../commands/command-context.js';
import { exitCodes } from '../exit-codes.js';
import { renderText } from '../output/findings/render-text.js';
import { compileReference } from './compile-reference.js';
import type { ReadOptions } from './read-source.js';

/**
 * The design behind a REF. Its problems are told; when they leave no design, the command ends as a failure and this
 * gives null.
 */
export async function readableDesign(
  reference: string,
  options: ReadOptions,
  { surroundings, endWith }: CommandContext,
): Promise<CompiledDesign | null> {
  const { report, design } = await compileReference(reference, surroundings, options);
  if (!report.isValid) surroundings.tell(renderText([report]));
  if (design === null) endWith(exitCodes.failure);
  return design;
}
