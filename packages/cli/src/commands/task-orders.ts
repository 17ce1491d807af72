import type { Command } from 'commander';
import type { DrydockClient } from '@drydock/client';
import { someText } from '../option-values.js';
import { oneLine } from '../output/one-line.js';
import { awaitTask } from '../waiting/await-task.js';
import { addWaiting, isWaiting, type WaitingOptions } from '../waiting/waiting-options.js';
import type { CommandContext } from './command-context.js';

interface TaskOrder {
  readonly name: string;
  readonly description: string;
  readonly id: string;
  readonly send: (client: DrydockClient, id: string) => Promise<object>;
}

/** Orders that are answered at once. */
const orders: readonly TaskOrder[] = [
  {
    name: 'pause',
    description: 'begin no more steps of a task (what has begun goes on), and print it as one line of JSON',
    id: 'the task',
    send: (client, id) => client.pauseTask(id),
  },
  {
    name: 'resume',
    description: 'let a paused task go on, and print it as one line of JSON',
    id: 'the task',
    send: (client, id) => client.resumeTask(id),
  },
  {
    name: 'retry-now',
    description: 'try at once what rests between two tries, and print how many steps as one line of JSON',
    id: 'a task or a subtask',
    send: (client, id) => client.retryNow(id),
  },
];

/** `drydock task terminate|pause|resume|retry-now` */
export function addTaskOrders(task: Command, context: CommandContext): void {
  addTerminate(task, context);
  for (const { name, description, id: idText, send } of orders) {
    task
      .command(name)
      .description(description)
      .argument('<id>', idText, someText)
      .action(async (id: string) => context.surroundings.print(oneLine(await send(context.openClient(), id))));
  }
}

function addTerminate(task: Command, context: CommandContext): void {
  const terminate = task
    .command('terminate')
    .description('end a task that is queued or runs, and print it as one line of JSON; --wait: until it has ended')
    .argument('<id>', 'the task', someText);
  addWaiting(terminate).action(async (id: string, options: WaitingOptions) => {
    const isWaited = isWaiting(options);
    const client = context.openClient();
    const terminated = await client.terminateTask(id);
    if (!isWaited) return context.surroundings.print(oneLine(terminated));
    context.endWith(await awaitTask({ client, id, options }, context.surroundings));
  });
}
