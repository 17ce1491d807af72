import { type Command, Option } from 'commander';
import type { NodeDocument } from '@drydock/client';
import type { NodeFilterSet } from '@drydock/model';
import { type NodeSelectors, nodeFilterOf } from '../node-filter-of.js';
import { jsonFilter, nameList, someText } from '../option-values.js';
import { asciiTable } from '../output/ascii-table.js';
import { explainedNodes } from '../output/explained-nodes.js';
import { oneLine } from '../output/one-line.js';
import { printable } from '../output/printable.js';
import { type BuildDataFormat, buildDataFormats, renderBuildData } from '../output/render-build-data.js';
import type { CommandContext } from './command-context.js';

/** Columns of the original's table (reference 01 §6.3). */
const columns = [
  ['Node Name', 'hostname'],
  ['Status', 'status_name'],
  ['CPUs', 'cpu_count'],
  ['Memory', 'memory'],
  ['PXE MAC', 'boot_mac'],
  ['Mgmt IP', 'boot_ip'],
  ['IPMI IP', 'power_address'],
  ['Power State', 'power_state'],
] as const satisfies readonly (readonly [string, keyof NodeDocument])[];

const listFormats = { table: nodeTable, json: oneLine } as const;

interface FilterOptions extends NodeSelectors {
  readonly designRef: string;
  readonly filter?: NodeFilterSet | null;
  readonly explain: boolean;
}

/** `drydock node …` */
export function addNodeCommands(program: Command, context: CommandContext): void {
  const node = program.command('node').description('look at machines');
  node
    .command('list')
    .description('print the machines that the provisioner knows')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(Object.keys(listFormats)).default('table'))
    .action(async ({ output }: { output: keyof typeof listFormats }) => {
      const nodes = await context.openClient().getNodes();
      context.surroundings.print(listFormats[output](nodes));
    });
  addFilter(node, context);
  node
    .command('builddata')
    .description('print what a machine said about itself')
    .argument('<nodename>', 'the name of the node', someText)
    .option('--latest', 'only the newest of each kind', true)
    .option('--no-latest', 'everything')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(buildDataFormats).default('yaml'))
    .action(async (name: string, { latest, output }: { latest: boolean; output: BuildDataFormat }) => {
      const data = await context.openClient().getNodeBuildData(name, latest);
      context.surroundings.print(renderBuildData(data, output));
    });
}

function addFilter(node: Command, context: CommandContext): void {
  node
    .command('filter')
    .description('print the names of the nodes of a design that a filter selects, as one line of JSON')
    .requiredOption('-d, --design-ref <uri>', 'where the site design is', someText)
    .option('-n, --node-names <names>', 'nodes by name, joined by commas', nameList)
    .option('-r, --rack-names <names>', 'nodes by rack, joined by commas', nameList)
    .option('-t, --node-tags <tags>', 'nodes by tag, joined by commas', nameList)
    .addOption(
      new Option('--filter <json>', 'the whole node_filter of a task')
        .argParser(jsonFilter)
        .conflicts(['nodeNames', 'rackNames', 'nodeTags']),
    )
    .option('--explain', 'print every node and why it is selected or not', false)
    .action(async ({ designRef, filter, explain, ...selectors }: FilterOptions) => {
      const nodeFilter = filter ?? nodeFilterOf(selectors);
      const client = context.openClient();
      const text = explain
        ? explainedNodes(await client.explainNodeFilter(designRef, nodeFilter))
        : oneLine(await client.filterNodes(designRef, nodeFilter));
      context.surroundings.print(text);
    });
}

function nodeTable(nodes: readonly NodeDocument[]): string {
  const rows = nodes.map((node) => columns.map(([, member]) => printable(String(node[member] ?? 'None'))));
  return asciiTable(
    columns.map(([header]) => header),
    rows,
  );
}
