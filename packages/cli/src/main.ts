#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { catchSignals } from './catch-signals.js';
import { exitCodes } from './exit-codes.js';
import { guardOutput } from './output/guard-output.js';
import { productVersion } from './product-version.js';
import { runCli } from './run-cli.js';

const { stdin, stdout, stderr } = process;
const defaultSize = { columns: 80, rows: 24 };

guardOutput(stdout, stderr, (code) => {
  stderr.write(`Error: the results cannot be written (${code}); write them elsewhere\n`);
  // At the very end, because what the command itself ends with may come later than the failed write.
  process.once('exit', () => {
    process.exitCode = exitCodes.requestFailed;
  });
});

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  print: (text) => void stdout.write(text),
  tell: (text) => void stderr.write(text),
  readInput: () => buffer(stdin),
  terminal: stderr.isTTY
    ? { columns: stderr.columns || defaultSize.columns, rows: stderr.rows || defaultSize.rows }
    : null,
  projectRoot: fileURLToPath(new URL('../../..', import.meta.url)),
  version: productVersion(),
  nodeVersion: process.versions.node,
  uid: process.getuid?.(),
  onInterrupt: catchSignals(process, () => performance.now()),
});
