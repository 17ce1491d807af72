import type { DemoEnd } from './run-demo.js';

export interface DemoFacts {
  /** The whole demo, its start included. */
  readonly seconds: number;
  readonly logDirectory: string;
  /** Everything goes on running. */
  readonly isKept: boolean;
}

/** What a demo tells at its end, as lines: the nodes, what is not as designed, the time and where to look. */
export function demoReport({ table, problems, apiUrl, nodeCount }: DemoEnd, facts: DemoFacts): readonly string[] {
  const differing = new Set(problems.map(({ node }) => node)).size;
  return [
    '',
    ...table,
    '',
    ...problems.map(({ node, what, wanted, found }) => `${node}: ${what}: wanted ${wanted}, found ${found}`),
    `${nodeCount - differing} of ${nodeCount} machines are deployed as designed, after ${facts.seconds.toFixed(1)} s`,
    ...(facts.isKept
      ? [
          `  API         ${apiUrl}/api/v1.0/tasks`,
          `  Bull Board  ${apiUrl}/admin/queues`,
          `  logs        ${facts.logDirectory}`,
          'Ctrl-C stops it.',
        ]
      : [
          `  API         ${apiUrl}/api/v1.0/tasks, until now; "npm run demo -- --keep" leaves everything running`,
          `  Bull Board  ${apiUrl}/admin/queues`,
          `  logs        ${facts.logDirectory}`,
          'stopping ...',
        ]),
  ];
}
