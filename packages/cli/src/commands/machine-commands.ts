import type { Command } from 'commander';
import { migrateDatabase } from '@drydock/model/db';
import { renderDoctor, runDoctor } from '@drydock/runtime';
import { exitCodes } from '../exit-codes.js';
import { UsageError } from '../usage-error.js';
import type { CommandContext } from './command-context.js';

/** Commands about the place that Drydock runs in; they need no API. */
export function addMachineCommands(program: Command, { surroundings, endWith }: CommandContext): void {
  program
    .command('doctor')
    .description('say what a start on this machine would find and choose')
    .action(async () => {
      const report = await runDoctor(surroundings);
      surroundings.print(renderDoctor(report));
      if (report.status === 'failed') endWith(exitCodes.requestFailed);
    });
  program
    .command('db')
    .description('look after the database')
    .command('migrate')
    .description('bring the schema of DATABASE_URL to the version of this software')
    .action(async () => {
      // The lock of a migration does not survive a transaction pooler.
      const url = surroundings.env['DATABASE_DIRECT_URL'] || surroundings.env['DATABASE_URL'];
      if (!url) throw new UsageError('DATABASE_URL is not set; give the URL of the database there');
      const { before, after } = await migrateDatabase(url);
      const news = before === after ? `schema version ${after}, nothing to do` : `schema version ${before} → ${after}`;
      surroundings.print(`${news}\n`);
    });
}
