import { Command, CommanderError } from 'commander';
import { addDesignCommands } from './commands/design-commands.js';
import { addLaneCommands } from './commands/lane-commands.js';
import { addMachineCommands } from './commands/machine-commands.js';
import { addNodeCommands } from './commands/node-commands.js';
import { addTaskCommands } from './commands/task-commands.js';
import { errorText } from './error-text.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { type GlobalOptions, openClient } from './open-client.js';
import { printable } from './output/printable.js';
import type { Surroundings } from './surroundings.js';
import { UsageError } from './usage-error.js';
import { versionText } from './version-text.js';

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
  addLaneCommands(program, context);
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

function createProgram(surroundings: Surroundings): Command {
  const { print, tell } = surroundings;
  return new Command('drydock')
    .description('deploy physical servers from a site design')
    .version(versionText(surroundings), '-V, --version', 'print the version of Drydock and of Node')
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
  tell(`Error: ${printable(errorText(error))}\n`);
  if (debug && error instanceof Error && error.stack !== undefined) tell(`${error.stack}\n`);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.requestFailed;
}
