import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { compiledDesignFormat, cutSecrets, isDrydockError } from '@drydock/model';
import { isDatabaseUnavailable, openDatabase, SecretBox, storeSnapshot } from '@drydock/model/db';
import { compileDesign, hashDesign, resolveReference } from '@drydock/ingester';
import type {
  Compiled,
  CompilerAnswer,
  DesignReference,
  CompilerRequest,
  CompilerSettings,
} from './design-compiler.js';

const settings = workerData as CompilerSettings;
const connectTimeoutSeconds = 10;

const database = openDatabase({
  connectionString: settings.databaseUrl,
  applicationName: 'drydock-compiler',
  maxConnections: 1,
  onError: () => undefined,
});

parentPort?.on('message', (request: CompilerRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ id, reference }: CompilerRequest): Promise<CompilerAnswer> {
  try {
    return { id, compiled: await compileAndStore(reference) };
  } catch (error) {
    if (isDrydockError(error)) return { id, code: error.code, message: error.message };
    if (isDatabaseUnavailable(error)) return { id, code: 'database_unavailable', message: String(error) };
    return { id, code: 'internal', message: error instanceof Error ? error.message : String(error) };
  }
}

async function compileAndStore({ designRef, designRefSealed }: DesignReference): Promise<Compiled> {
  const secretBox = new SecretBox(await readFile(settings.secretKeyFile, 'utf8'));
  const { bytes, source } = await resolveReference(
    designRefSealed === null ? designRef : secretBox.open(Buffer.from(designRefSealed)),
    {
      fileRoots: settings.fileRoots,
      allowedHosts: settings.allowedHosts,
      allowLoopback: settings.isLoopbackAllowed,
      maxBytes: settings.maxBytes,
      connectTimeoutSeconds,
      totalTimeoutSeconds: settings.totalTimeoutSeconds,
    },
    AbortSignal.timeout(settings.totalTimeoutSeconds * 1000),
  );
  const { design, findings, isValid } = compileDesign(bytes, source);
  const hash = hashDesign({ design, findings });
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
