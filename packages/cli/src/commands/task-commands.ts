import { type Command, Option } from 'commander';
import { clientActions } from '@drydock/model';
import { type NodeSelectors, nodeFilterOf } from '../node-filter-of.js';
import { nameList, someText } from '../option-values.js';
import { oneLine } from '../output/one-line.js';
import { type BuildDataFormat, buildDataFormats, renderBuildData } from '../output/render-build-data.js';
import { awaitTask, submitAndAwait } from '../waiting/await-task.js';
import {
  addTerminateOnInterrupt,
  addWaiting,
  addWatching,
  isWaiting,
  type WaitingOptions,
  type WatchOptions,
} from '../waiting/waiting-options.js';
import type { CommandContext } from './command-context.js';
import { addRetry } from './retry-command.js';
import { addTaskOrders } from './task-orders.js';
import { addWhy } from './why-command.js';

interface CreateOptions extends NodeSelectors, WaitingOptions {
  readonly designRef: string;
  readonly action: string;
}

/** `drydock task …` */
export function addTaskCommands(program: Command, context: CommandContext): void {
  const task = program.command('task').description('submit tasks, look at them, and say how they go on');
  addCreate(task, context);
  addShow(task, context);
  addWait(task, context);
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
  addWhy(task, context);
  addTaskOrders(task, context);
  addRetry(task, context);
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
  addTerminateOnInterrupt(addWaiting(create)).action(async (options: CreateOptions) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    const { designRef, action } = options;
    const submit = () => client.createTask({ designRef, action, nodeFilter: nodeFilterOf(options) });
    if (!isWaited) return context.surroundings.print(oneLine(await submit()));
    context.endWith(await submitAndAwait(submit, { client, options }, context.surroundings));
  });
}

function addShow(task: Command, context: CommandContext): void {
  const show = task
    .command('show')
    .description('print a task as one line of JSON')
    .requiredOption('-t, --task-id <id>', 'the task', someText);
  addTerminateOnInterrupt(addWaiting(show)).action(async (options: WaitingOptions & { readonly taskId: string }) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    const { taskId: id } = options;
    if (!isWaited) return context.surroundings.print(oneLine(await client.getTask(id)));
    context.endWith(await awaitTask({ client, id, options }, context.surroundings));
  });
}

function addWait(task: Command, context: CommandContext): void {
  const wait = task
    .command('wait')
    .description('show progress until a task has ended, and print it as one line of JSON')
    .argument('<id>', 'the task', someText);
  addTerminateOnInterrupt(addWatching(wait)).action(async (id: string, options: WatchOptions) => {
    const client = context.openClient();
    context.endWith(await awaitTask({ client, id, options }, context.surroundings));
  });
}
