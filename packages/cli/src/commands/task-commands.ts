import { type Command, Option } from 'commander';
import { clientActions } from '@drydock/model';
import { awaitTask, isWaiting, oneLine, type WaitingOptions } from '../await-task.js';
import { type NodeSelectors, nodeFilterOf } from '../node-filter-of.js';
import { nameList, positiveNumber, someText } from '../option-values.js';
import { type BuildDataFormat, buildDataFormats, renderBuildData } from '../output/render-build-data.js';
import type { CommandContext } from './command-context.js';

interface CreateOptions extends NodeSelectors, WaitingOptions {
  readonly designRef: string;
  readonly action: string;
}

/** `drydock task …` */
export function addTaskCommands(program: Command, context: CommandContext): void {
  const task = program.command('task').description('submit tasks and look at them');
  addCreate(task, context);
  addShow(task, context);
  task
    .command('list')
    .description('print every task and subtask as one line of JSON')
    .action(async () => context.surroundings.print(oneLine(await context.openClient().getTasks())));
  task
    .command('builddata')
    .description('print what machines said during a task')
    .requiredOption('-t, --task-id <id>', 'the task', someText)
    .addOption(new Option('-o, --output <format>', 'how to print').choices(buildDataFormats).default('yaml'))
    .action(async ({ taskId, output }: { taskId: string; output: BuildDataFormat }) => {
      const data = await context.openClient().getTaskBuildData(taskId);
      context.surroundings.print(renderBuildData(data, output));
    });
}

function addCreate(task: Command, context: CommandContext): void {
  const create = task
    .command('create')
    .description('submit a task and print it as one line of JSON')
    .requiredOption('-d, --design-ref <uri>', 'where the site design is', someText)
    .addOption(new Option('-a, --action <action>', 'what to do').choices(clientActions).makeOptionMandatory())
    .option('-n, --node-names <names>', 'nodes by name, joined by commas', nameList)
    .option('-r, --rack-names <names>', 'nodes by rack, joined by commas', nameList)
    .option('-t, --node-tags <tags>', 'nodes by tag, joined by commas', nameList);
  addWaiting(create).action(async (options: CreateOptions) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    const { designRef, action } = options;
    const created = await client.createTask({ designRef, action, nodeFilter: nodeFilterOf(options) });
    if (!isWaited) return context.surroundings.print(oneLine(created));
    context.endWith(await awaitTask(client, created.task_id, options, context.surroundings));
  });
}

function addShow(task: Command, context: CommandContext): void {
  const show = task
    .command('show')
    .description('print a task as one line of JSON')
    .requiredOption('-t, --task-id <id>', 'the task', someText);
  addWaiting(show).action(async (options: WaitingOptions & { readonly taskId: string }) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    if (!isWaited) return context.surroundings.print(oneLine(await client.getTask(options.taskId)));
    context.endWith(await awaitTask(client, options.taskId, options, context.surroundings));
  });
}

function addWaiting(command: Command): Command {
  return command
    .option('-b, --block', 'show progress until the task has ended', false)
    .option('--no-block', 'do not wait')
    .option('--wait', 'the same as --block')
    .option('--poll-interval <seconds>', 'time between two looks', positiveNumber, 2)
    .option('--timeout <minutes>', 'stop waiting after this time; the task goes on', positiveNumber);
}
