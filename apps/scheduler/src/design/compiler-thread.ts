import { readFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { compiledDesignFormat, cutSecrets, DrydockError, isDrydockError } from '@drydock/model';
import { isDatabaseUnavailable, openDatabase, SecretBox, storeSnapshot } from '@drydock/model/db';
import { chooseTranslators, compileDesign, createReferenceResolver, hashDesign } from '@drydock/ingester';
import { serveThread } from '@drydock/runtime/thread';
import type { Compiled, CompilerSettings, DesignReference } from './design-compiler.js';

const settings = workerData as CompilerSettings;
const translators = chooseTranslators(settings.formats);
const resolver = createReferenceResolver(settings.policy);

const database = openDatabase({
  connectionString: settings.databaseUrl,
  applicationName: 'drydock-compiler',
  maxConnections: 1,
  isPooled: settings.isPooled,
  isDurable: settings.isDurable,
  onError: () => undefined,
});

serveThread<DesignReference, Compiled>((reference, signal) => compileAndStore(reference, signal).catch(rethrow));

/** The scheduler waits for a database that is away; it must not take that for the end of the task. */
function rethrow(error: unknown): never {
  if (isDrydockError(error) || !isDatabaseUnavailable(error)) throw error;
  throw new DrydockError('database_unavailable', String(error), { cause: error });
}

async function compileAndStore(
  { designRef, designRefSealed }: DesignReference,
  signal: AbortSignal,
): Promise<Compiled> {
  const secretBox = new SecretBox(await readFile(settings.secretKeyFile, 'utf8'));
  const reference = designRefSealed === null ? designRef : secretBox.open(Buffer.from(designRefSealed));
  const { bytes, source } = await resolver.resolve(reference, signal);
  signal.throwIfAborted();
  const { design, findings, isValid } = compileDesign(bytes, source, { translators });
  const hash = hashDesign(design, findings);
  const cut = design === null ? null : cutSecrets(design);
  await storeSnapshot(database.db, {
    hash,
    format: compiledDesignFormat,
    isValid,
    findings,
    site: cut?.design.site ?? null,
    nodes: cut?.design.nodes ?? [],
    secrets: (cut?.secrets ?? []).map(({ nodeName, path, value }) => ({
      nodeName,
      path,
      sealed: secretBox.seal(value),
    })),
  });
  return { hash, isValid };
}
