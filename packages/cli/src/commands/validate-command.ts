import { type Command, Option } from 'commander';
import { askApi } from '../design/ask-api.js';
import { compileReference } from '../design/compile-reference.js';
import type { ReadOptions } from '../design/read-source.js';
import { validateDesigns } from '../design/validate-designs.js';
import { exitCodes } from '../exit-codes.js';
import { someTexts } from '../option-values.js';
import type { DesignReport } from '../output/findings/design-report.js';
import { type FindingFormat, findingFormats } from '../output/findings/finding-formats.js';
import { UsageError } from '../usage-error.js';
import type { CommandContext } from './command-context.js';
import { keystoneHosts, referenceText } from './reference-options.js';

interface ValidateOptions extends ReadOptions {
  readonly format: FindingFormat;
  readonly strict: boolean;
  readonly viaApi: boolean;
}

/** `drydock design validate` */
export function addValidate(design: Command, context: CommandContext): void {
  design
    .command('validate')
    .description('print everything that is to be said about designs')
    .argument('<ref...>', `each a design of its own: ${referenceText}`, someTexts)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(findingFormats)).default('text'))
    .option('--strict', 'what the original let pass is an error too', false)
    .option('--via-api', 'let the API (--url) fetch and validate the designs', false)
    .addOption(keystoneHosts().conflicts('viaApi'))
    .action(async (references: readonly string[], options: ValidateOptions) => {
      checkStandardInput(references, options);
      const reports = await validateDesigns(references, validator(options, context));
      context.surroundings.print(findingFormats[options.format](reports));
      endWith(reports, context);
    });
}

/** @throws UsageError: it can be read only once, and not by the API */
function checkStandardInput(references: readonly string[], { viaApi }: ValidateOptions): void {
  const count = references.filter((ref) => ref === '-').length;
  if (count > 1) throw new UsageError('standard input can be only one of the designs');
  if (count > 0 && viaApi) throw new UsageError("option '--via-api': the API cannot read standard input; name a URL");
}

function validator(
  options: ValidateOptions,
  { surroundings, openClient }: CommandContext,
): (reference: string) => Promise<DesignReport> {
  if (!options.viaApi) return async (ref) => (await compileReference(ref, surroundings, options)).report;
  const client = openClient();
  return (ref) => askApi(client, ref, options.strict);
}

function endWith(reports: readonly DesignReport[], { surroundings, endWith: end }: CommandContext): void {
  const unread = reports.filter(({ isRead }) => !isRead).length;
  if (reports.some(({ isValid }) => !isValid)) end(exitCodes.failure);
  if (unread === 0) return;
  surroundings.tell(`Error: ${unread} of ${reports.length} designs cannot be read; the findings say why\n`);
  end(exitCodes.requestFailed);
}
