import { type Command, Option } from 'commander';
import type { RetryRequest } from '@drydock/client';
import { nameLists, someText } from '../option-values.js';
import { oneLine } from '../output/one-line.js';
import { submitAndAwait } from '../waiting/await-task.js';
import { addTerminateOnInterrupt, addWaiting, isWaiting, type WaitingOptions } from '../waiting/waiting-options.js';
import type { CommandContext } from './command-context.js';

interface RetryOptions extends WaitingOptions {
  readonly failed?: boolean;
  readonly node?: readonly string[];
  readonly step?: string;
}

/** `drydock task retry` */
export function addRetry(task: Command, context: CommandContext): void {
  const retry = task
    .command('retry')
    // Names after --node go on until the next option; the id stands before them.
    .usage('<id> [options]')
    .description('do again what failed of a task that has ended, as a new task; print that as one line of JSON')
    .argument('<id>', 'the task that has ended', someText)
    .addOption(new Option('--failed', 'what failed; without any of these three, too').conflicts(['node', 'step']))
    .addOption(
      new Option('--node <names...>', 'all steps of these nodes, failed or not; names joined by commas or spaces')
        .argParser(nameLists)
        .conflicts('step'),
    )
    .option('--step <id>', 'this subtask of one node or of the site, and what needs it', someText);
  addTerminateOnInterrupt(addWaiting(retry)).action(async (id: string, options: RetryOptions) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    const submit = () => client.retryTask(id, requestOf(options));
    if (!isWaited) return context.surroundings.print(oneLine(await submit()));
    context.endWith(await submitAndAwait(submit, { client, options }, context.surroundings));
  });
}

function requestOf({ node, step }: RetryOptions): RetryRequest {
  if (node) return { scope: 'node', nodeNames: node };
  return step === undefined ? { scope: 'failed' } : { scope: 'step', stepId: step };
}
