import { type Command, Option } from 'commander';
import type { DrydockClient, LaneDocument } from '@drydock/client';
import { someText } from '../option-values.js';
import { asciiTable } from '../output/ascii-table.js';
import { oneLine } from '../output/one-line.js';
import { printable } from '../output/printable.js';
import type { CommandContext } from './command-context.js';

const columns = [
  ['Lane', 'name'],
  ['Running', 'running'],
  ['Queued', 'queued'],
  ['Max Queued', 'max_queued'],
  ['Paused', 'paused'],
  ['Paused By', 'paused_by'],
] as const satisfies readonly (readonly [string, keyof LaneDocument])[];

const listFormats = { table: laneTable, json: oneLine } as const;

interface LaneOrder {
  readonly name: string;
  readonly description: string;
  readonly send: (client: DrydockClient, lane: string) => Promise<LaneDocument>;
}

const orders: readonly LaneOrder[] = [
  {
    name: 'pause',
    description: 'start no task in a lane and begin no step of the one that runs; print the lane as one line of JSON',
    send: (client, lane) => client.pauseLane(lane),
  },
  {
    name: 'resume',
    description: 'let a paused lane go on, and print it as one line of JSON',
    send: (client, lane) => client.resumeLane(lane),
  },
];

/** `drydock lane …` */
export function addLaneCommands(program: Command, context: CommandContext): void {
  const lane = program.command('lane').description('look at the lines in which tasks run, and pause them');
  lane
    .command('list')
    .description('print every lane, its queue and what runs in it')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(Object.keys(listFormats)).default('table'))
    .action(async ({ output }: { output: keyof typeof listFormats }) =>
      context.surroundings.print(listFormats[output](await context.openClient().listLanes())),
    );
  for (const { name, description, send } of orders) {
    lane
      .command(name)
      .description(description)
      .argument('<lane>', 'the name of the lane', someText)
      .action(async (of: string) => context.surroundings.print(oneLine(await send(context.openClient(), of))));
  }
}

function laneTable(lanes: readonly LaneDocument[]): string {
  return asciiTable(
    columns.map(([header]) => header),
    lanes.map((lane) => columns.map(([, member]) => printable(String(lane[member] ?? 'None')))),
  );
}
