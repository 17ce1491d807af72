/**
 * The star of docs/architecture.md as rules: apps → ring → model; what is on the ring meets in an app's wire.ts.
 * Every rule is an error. packages/runtime/test/boundaries.test.ts proves with a wrong tree that each one bites.
 */
const ring =
  'ingester|orchestrator|queue|maas-driver|oob-driver|kubernetes-driver|scripted-driver|telemetry|runtime|client';
const testFile = '(\\.test\\.ts$|/test/)';
const pureCore =
  '^packages/(model/src/(domain|design)|orchestrator/src/plans|ingester/src/(parse|compile|validate)|maas-driver/src/diff)/';

/** dependency-cruiser resolves a workspace package to its source, an installed one below node_modules/. */
const installed = (names) => `(^|/)node_modules/(${names})(/|$)|^(${names})(/|$)`;

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'unresolvable',
      comment: 'An import that resolves to nothing hides from every other rule here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'ring-stays-apart',
      comment: 'Packages on the ring know the model, never each other; they meet in wire.ts of an app.',
      severity: 'error',
      from: { path: `^packages/(${ring})/`, pathNot: testFile },
      to: { path: `^packages/(${ring})/`, pathNot: '^packages/$1/' },
    },
    {
      name: 'ring-does-not-know-apps',
      comment:
        'Dependencies point inwards: nothing in packages/ knows an app, the bench, the examples or the end-to-end tests.',
      severity: 'error',
      from: { path: '^packages/', pathNot: testFile },
      to: { path: '^(apps|bench|e2e|examples)/' },
    },
    {
      name: 'nobody-imports-the-cli',
      comment: 'The cli is an app.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: '^packages/cli/' },
      to: { path: '^packages/cli/' },
    },
    {
      name: 'client-only-from-the-outside',
      comment: 'The HTTP client is for those who stand outside: cli, bench, e2e, examples, tests.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/(cli|client)/', testFile] },
      to: { path: '^packages/client/' },
    },
    {
      name: 'apps-stay-apart',
      comment: 'Apps talk through Postgres and the queue.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: testFile },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'model-root-is-plain',
      comment: 'Everything imports the model, so the model imports yup and nothing else.',
      severity: 'error',
      from: { path: '^packages/model/src/', pathNot: ['^packages/model/src/db/', testFile] },
      to: { pathNot: ['^packages/model/src/', installed('yup'), installed('@types/[^/]+')] },
    },
    {
      name: 'model-root-does-not-know-its-database',
      comment: 'The domain is usable without Postgres.',
      severity: 'error',
      from: { path: '^packages/model/src/', pathNot: ['^packages/model/src/db/', testFile] },
      to: { path: '^packages/model/src/db/' },
    },
    {
      name: 'model-knows-no-other-package',
      comment: 'The middle of the star.',
      severity: 'error',
      from: { path: '^packages/model/', pathNot: testFile },
      to: { path: '^(apps|packages)/', pathNot: '^packages/model/' },
    },
    {
      name: 'drizzle-only-in-model-db',
      comment: 'Tables and SQL have one home.',
      severity: 'error',
      from: {
        path: '^(apps|packages)/',
        pathNot: ['^packages/model/(src/db/|drizzle\\.config\\.ts$|test/)', '^packages/model/.*\\.test\\.ts$'],
      },
      to: { path: installed('drizzle-orm|drizzle-kit') },
    },
    {
      name: 'pg-only-where-connections-are-made',
      comment: "model/db holds the stores, queue BullMQ's pool, runtime starts servers, testkit clones databases.",
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/(model/src/db|queue|runtime|testkit)/', testFile] },
      to: { path: installed('pg') },
    },
    {
      name: 'bullmq-only-in-queue',
      comment: 'A job is a doorbell; only packages/queue knows what rings it.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/queue/', testFile] },
      to: { path: installed('bullmq|ioredis') },
    },
    {
      name: 'telemetry-libraries-only-in-telemetry',
      comment: 'What measures can be exchanged in one place.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/telemetry/', testFile] },
      to: { path: installed('prom-client|@opentelemetry/[^/]+') },
    },
    {
      name: 'opentelemetry-only-when-configured',
      comment: 'Without an endpoint none of it is loaded: it is reached by one dynamic import.',
      severity: 'error',
      from: { path: '^packages/telemetry/', pathNot: ['^packages/telemetry/src/tracing/otlp/', testFile] },
      to: {
        path: `^packages/telemetry/src/tracing/otlp/|${installed('@opentelemetry/[^/]+')}`,
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'testkit-only-from-tests',
      comment: 'Fakes do not run in production.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/testkit/', testFile] },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'testkit-knows-only-the-model',
      comment: 'A testkit that knows the parts cannot be used to test them.',
      severity: 'error',
      from: { path: '^packages/testkit/', pathNot: testFile },
      to: { path: '^(apps|packages)/', pathNot: '^packages/(testkit|model)/' },
    },
    {
      name: 'simulator-knows-nothing-of-ours',
      comment: 'A simulator that shares code with its driver shares its mistakes.',
      severity: 'error',
      from: { path: '^packages/maas-simulator/' },
      to: { path: '^(apps|packages)/', pathNot: '^packages/maas-simulator/' },
    },
    {
      name: 'simulator-only-from-outside',
      comment: 'It stands for a foreign system: reached over HTTP, started by tests, bench, examples and e2e.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: ['^packages/maas-simulator/', testFile] },
      to: { path: '^packages/maas-simulator/' },
    },
    {
      name: 'pure-core',
      comment: 'No IO, no environment, no logger: what it decides can be replayed.',
      severity: 'error',
      from: { path: pureCore, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-core-has-no-logger',
      comment: 'A pure function returns what there is to say.',
      severity: 'error',
      from: { path: pureCore, pathNot: '\\.test\\.ts$' },
      to: { path: installed('winston') },
    },
  ],
  options: {
    // Only the edges between our files and to the packages that they import: what those import is not ours to judge.
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['drydock-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    builtInModules: { add: ['node:test'] },
  },
};
