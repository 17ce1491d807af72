import { parseArgs } from 'node:util';

export type DemoWish =
  | { readonly kind: 'run'; readonly isKept: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string };

export const usage = `npm run demo [-- --keep | --help]

Deploys a site of 12 simulated machines, from YAML to Deployed, and ends with 0 only if every machine is as designed.

  --keep      leaves everything running until Ctrl-C
  -h, --help  prints this`;

const options = {
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function readArguments(given: readonly string[]): DemoWish {
  try {
    const { keep, help } = parseArgs({ args: [...given], options }).values;
    return help ? { kind: 'help' } : { kind: 'run', isKept: keep };
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
}
