import type { Command } from 'commander';
import { migrateDatabase, type MigrationReport } from '@drydock/model/db';
import { renderDoctor, runDoctor } from '@drydock/runtime';
import { databaseFailure } from '../database/database-failure.js';
import { type DatabaseSetting, databaseSetting } from '../database/database-setting.js';
import { recognizeApi } from '../doctor/recognize-api.js';
import { exitCodes } from '../exit-codes.js';
import { versionText } from '../version-text.js';
import type { CommandContext } from './command-context.js';

/** Commands about the place that Drydock runs in; they need no API. */
export function addMachineCommands(program: Command, { surroundings, endWith }: CommandContext): void {
  program
    .command('doctor')
    .description('say what a start on this machine would find and choose')
    .action(async () => {
      const report = await recognizeApi(await runDoctor(surroundings), surroundings.env);
      surroundings.print(renderDoctor(report));
      if (report.status === 'failed') endWith(exitCodes.requestFailed);
    });
  program
    .command('db')
    .description('look after the database')
    .command('migrate')
    .description('bring the schema of DATABASE_URL (or DATABASE_DIRECT_URL) to the version of this software')
    .action(async () => {
      const { before, after } = await migrate(databaseSetting(surroundings.env));
      const news = before === after ? `schema version ${after}, nothing to do` : `schema version ${before} → ${after}`;
      surroundings.print(`${news}\n`);
    });
  program
    .command('version')
    .description('print the version of Drydock and of Node')
    .action(() => surroundings.print(`${versionText(surroundings)}\n`));
}

async function migrate(setting: DatabaseSetting): Promise<MigrationReport> {
  try {
    return await migrateDatabase(setting.url);
  } catch (error) {
    throw databaseFailure(error, setting);
  }
}
