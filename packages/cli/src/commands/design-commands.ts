import { type Command, Option } from 'commander';
import { designGraph, diffDesigns, renderMermaid } from '@drydock/model';
import { askApi } from '../design/ask-api.js';
import { compileReference } from '../design/compile-reference.js';
import { readableDesign } from '../design/readable-design.js';
import { renderDesign } from '../design/render-design.js';
import { exitCodes } from '../exit-codes.js';
import { someText, someTexts } from '../option-values.js';
import type { DesignReport } from '../output/findings/design-report.js';
import { type FindingFormat, findingFormats } from '../output/findings/finding-formats.js';
import { type DiffFormat, diffFormats, isDifferent } from '../output/render-design-diff.js';
import { UsageError } from '../usage-error.js';
import type { CommandContext } from './command-context.js';

interface ValidateOptions {
  readonly format: FindingFormat;
  readonly strict: boolean;
  readonly viaApi: boolean;
}

const reference = 'a file, a URL, or - for standard input';

interface DiffOptions {
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
    .argument('<ref>', reference, someText)
    .option('--node <name>', 'only this node', someText)
    .action(async (ref: string, { node }: { readonly node?: string }) => {
      const compiled = await readableDesign(ref, context);
      if (compiled) context.surroundings.print(renderDesign(compiled, node ?? null));
    });
  addDiff(design, context);
  design
    .command('graph')
    .description('print racks, links and networks as a Mermaid flowchart')
    .argument('<ref>', reference, someText)
    .action(async (ref: string) => {
      const compiled = await readableDesign(ref, context);
      if (compiled) context.surroundings.print(renderMermaid(designGraph(compiled)));
    });
}

function addDiff(design: Command, context: CommandContext): void {
  design
    .command('diff')
    .description('print which nodes, and which parts of the site, change from one design to another, and how')
    .argument('<before>', reference, someText)
    .argument('<after>', reference, someText)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(diffFormats)).default('text'))
    .option('--exit-code', `end with ${exitCodes.different} when they differ`, false)
    .action(async (before: string, after: string, options: DiffOptions) => {
      if (before === '-' && after === '-') throw new UsageError('standard input can be only one of the two designs');
      const old = await readableDesign(before, context);
      const now = await readableDesign(after, context);
      if (!old || !now) return;
      const diff = diffDesigns(old, now);
      context.surroundings.print(diffFormats[options.format](diff));
      if (options.exitCode && isDifferent(diff)) context.endWith(exitCodes.different);
    });
}

function addValidate(design: Command, context: CommandContext): void {
  design
    .command('validate')
    .description('print everything that is to be said about designs')
    .argument('<ref...>', `each a design of its own: ${reference}`, someTexts)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(findingFormats)).default('text'))
    .option('--strict', 'what the original let pass is an error too', false)
    .option('--via-api', 'let the API (--url) fetch and validate the designs', false)
    .action(async (references: readonly string[], options: ValidateOptions) => {
      checkStandardInput(references, options);
      const reports: DesignReport[] = [];
      for (const ref of references) reports.push(await reportOf(ref, options, context));
      context.surroundings.print(findingFormats[options.format](reports));
      if (reports.some(({ isValid }) => !isValid)) context.endWith(exitCodes.failure);
    });
}

/** @throws UsageError: it can be read only once, and not by the API */
function checkStandardInput(references: readonly string[], { viaApi }: ValidateOptions): void {
  const count = references.filter((ref) => ref === '-').length;
  if (count > 1) throw new UsageError('standard input can be only one of the designs');
  if (count > 0 && viaApi) throw new UsageError("option '--via-api': the API cannot read standard input; name a URL");
}

async function reportOf(ref: string, options: ValidateOptions, context: CommandContext): Promise<DesignReport> {
  if (options.viaApi) return await askApi(context.openClient(), ref, options.strict);
  return (await compileReference(ref, context.surroundings, options)).report;
}
