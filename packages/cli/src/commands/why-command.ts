import { type Command, Option } from 'commander';
import { type DrydockClient, type IdleReason, idleReasons, type WhyDocument, type WhyQuery } from '@drydock/client';
import { someText } from '../option-values.js';
import { type WhyFormat, whyFormats } from '../output/why/why-formats.js';
import type { CommandContext } from './command-context.js';

interface WhyOptions {
  readonly node?: string;
  readonly reason?: IdleReason;
  readonly all: boolean;
  readonly format: WhyFormat;
}

/** Steps without `--all`. */
const firstSteps = 100;

/** `drydock task why` */
export function addWhy(task: Command, context: CommandContext): void {
  task
    .command('why')
    .description('print what stands in the way of a task, and of each of its steps that neither runs nor has ended')
    .argument('<id>', 'a task, or a subtask for what lies below it', someText)
    .option('--node <name>', 'only steps of this node', someText)
    .addOption(new Option('--reason <reason>', 'only steps that do not run for this reason').choices(idleReasons))
    .option('--all', `all steps, not only the first ${firstSteps}`, false)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(whyFormats)).default('text'))
    .action(async (id: string, { node, reason, all, format }: WhyOptions) => {
      const client = context.openClient();
      const query = { node, reason };
      const why = all ? await allSteps(client, id, query) : await client.whyTask(id, { ...query, limit: firstSteps });
      context.surroundings.print(whyFormats[format](why));
      if (!all && why.steps.length === firstSteps) {
        context.surroundings.tell(`These are the first ${firstSteps} steps; --all prints all\n`);
      }
    });
}

/** The task is that of the newest page. */
async function allSteps(client: DrydockClient, id: string, query: WhyQuery): Promise<WhyDocument> {
  const pages: WhyDocument[] = [];
  for await (const page of client.whyTaskPages(id, query)) pages.push(page);
  const steps = pages.flatMap((page) => page.steps);
  return { ...(pages.at(-1) as WhyDocument), steps };
}
