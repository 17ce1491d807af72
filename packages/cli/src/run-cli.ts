import { Command, CommanderError } from 'commander';
import { addDesignCommands } from './commands/design-commands.js';
import { addMachineCommands } from './commands/machine-commands.js';
import { addNodeCommands } from './commands/node-commands.js';
import { addTaskCommands } from './commands/task-commands.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { type GlobalOptions, openClient } from './open-client.js';
import { printable } from './output/printable.js';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './usage-error.js';

/** Runs one command line and says what the process ends with; throws nothing. */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = exitCodes.success;
  const program = createProgram(surroundings);
  const context = {
    surroundings,
    openClient: () => openClient(program.opts<GlobalOptions>(), surroundings),
    endWith: (end: ExitCode) => {
      code = end;
    },
  };
  addTaskCommands(program, context);
  addNodeCommands(program, context);
  addDesignCommands(program, context);
  addMachineCommands(program, context);
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, program.opts<GlobalOptions>(), surroundings);
  }
}

function createProgram({ print, tell }: Surroundings): Command {
  return new Command('drydock')
    .description('deploy physical servers from a site design')
    .option('-u, --url <url>', 'where the API is (DD_URL; default http://127.0.0.1:9000)')
    .option('--debug', 'tell every request on stderr', false)
    .option('--no-debug', 'tell nothing')
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: tell });
}

/** Commander has told its own errors already; help that was asked for is a success. */
function explain(error: unknown, { debug }: GlobalOptions, { tell }: Surroundings): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  tell(`Error: ${printable(textOf(error))}\n`);
  if (debug && error instanceof Error && error.stack !== undefined) tell(`${error.stack}\n`);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.requestFailed;
}

/** Node gives an error without a message when it tried several addresses of a host. */
function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(textOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}
