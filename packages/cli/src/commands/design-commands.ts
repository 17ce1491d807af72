import { type Command, Option } from 'commander';
import { designGraph, diffDesigns, renderMermaid } from '@drydock/model';
import type { ReadOptions } from '../design/read-source.js';
import { readableDesign } from '../design/readable-design.js';
import { renderDesign } from '../design/render-design.js';
import { exitCodes } from '../exit-codes.js';
import { someText } from '../option-values.js';
import { type DiffFormat, diffFormats, isDifferent } from '../output/render-design-diff.js';
import { UsageError } from '../usage-error.js';
import type { CommandContext } from './command-context.js';
import { keystoneHosts, referenceText } from './reference-options.js';
import { addValidate } from './validate-command.js';

interface RenderOptions extends ReadOptions {
  readonly node?: string;
}

interface DiffOptions extends ReadOptions {
  readonly format: DiffFormat;
  readonly exitCode: boolean;
}

/** `drydock design …`; everything but `--via-api` needs no API. */
export function addDesignCommands(program: Command, context: CommandContext): void {
  const design = program.command('design').description('look at site designs');
  addValidate(design, context);
  design
    .command('render')
    .description('print the effective site as YAML, without its secrets')
    .argument('<ref>', referenceText, someText)
    .option('--node <name>', 'only this node', someText)
    .addOption(keystoneHosts())
    .action(async (ref: string, options: RenderOptions) => {
      const compiled = await readableDesign(ref, options, context);
      if (compiled) context.surroundings.print(renderDesign(compiled, options.node ?? null));
    });
  addDiff(design, context);
  design
    .command('graph')
    .description('print racks, links and networks as a Mermaid flowchart')
    .argument('<ref>', referenceText, someText)
    .addOption(keystoneHosts())
    .action(async (ref: string, options: ReadOptions) => {
      const compiled = await readableDesign(ref, options, context);
      if (compiled) context.surroundings.print(renderMermaid(designGraph(compiled)));
    });
}

function addDiff(design: Command, context: CommandContext): void {
  design
    .command('diff')
    .description('print which nodes, and which parts of the site, change from one design to another, and how')
    .argument('<before>', referenceText, someText)
    .argument('<after>', referenceText, someText)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(diffFormats)).default('text'))
    .option('--exit-code', `end with ${exitCodes.different} when they differ`, false)
    .addOption(keystoneHosts())
    .action(async (before: string, after: string, options: DiffOptions) => {
      if (before === '-' && after === '-') throw new UsageError('standard input can be only one of the two designs');
      const old = await readableDesign(before, options, context);
      const now = await readableDesign(after, options, context);
      if (!old || !now) return;
      const diff = diffDesigns(old, now);
      context.surroundings.print(diffFormats[options.format](diff));
      if (options.exitCode && isDifferent(diff)) context.endWith(exitCodes.different);
    });
}
