import { readFile, stat } from 'node:fs/promises';
import { errorCode } from '../error-code.js';

/** The system user that a Postgres server runs as when we are root: Postgres refuses to run as root itself. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** `postgres` where a package made it, else the user that exists everywhere. No system user is ever created. */
const candidateNames = ['postgres', 'nobody'] as const;

export interface ChooseServerAccountOptions {
  /** Our own user id; undefined where the system has none (Windows). */
  readonly uid: number | undefined;
  /** An existing cluster keeps the user that owns it, even after a `postgres` user was added to the system. */
  readonly clusterHome: string;
  readonly passwdFile?: string;
}

/** Chooses the user for the server; undefined means "as ourselves". */
export async function chooseServerAccount(options: ChooseServerAccountOptions): Promise<ServerAccount | undefined> {
  if (options.uid !== 0) return undefined;
  const accounts = parsePasswd(await readFile(options.passwdFile ?? '/etc/passwd', 'utf8'));
  const owner = await ownerOf(options.clusterHome);
  if (owner !== undefined && owner.uid !== 0) {
    return { ...owner, name: accounts.find((account) => account.uid === owner.uid)?.name ?? `uid ${owner.uid}` };
  }
  for (const name of candidateNames) {
    const account = accounts.find((one) => one.name === name);
    if (account !== undefined) return account;
  }
  return { name: 'nobody', uid: 65_534, gid: 65_534 };
}

function parsePasswd(text: string): ServerAccount[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name !== undefined && uid !== undefined && gid !== undefined
      ? [{ name, uid: Number(uid), gid: Number(gid) }]
      : [];
  });
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
