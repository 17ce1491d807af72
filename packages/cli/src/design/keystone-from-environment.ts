import type { KeystoneAccount, ReferencePolicy } from '@drydock/ingester';

type Env = Readonly<Record<string, string | undefined>>;

const settingNames = {
  authUrl: 'OS_AUTH_URL',
  username: 'OS_USERNAME',
  password: 'OS_PASSWORD',
  hosts: '--keystone-hosts or DRYDOCK_KEYSTONE_HOSTS',
} as const;

const hostsAdvice = 'DRYDOCK_KEYSTONE_HOSTS (or --keystone-hosts)';
const otherWay = 'or let the API fetch the design (design validate --via-api)';

/**
 * The Keystone account of the variables that OpenStack's own clients read, or what to do about it. It is used only for
 * references that need it.
 */
export function keystoneFromEnvironment(
  env: Env,
  hosts: readonly string[] = hostsOf(env),
): Pick<ReferencePolicy, 'keystone' | 'keystoneAdvice'> {
  const problem = problemOf(env, hosts);
  if (problem !== null) return { keystone: null, keystoneAdvice: `${problem}, ${otherWay}` };
  return { keystone: accountOf(env, hosts) };
}

function hostsOf(env: Env): readonly string[] {
  const names = (env['DRYDOCK_KEYSTONE_HOSTS'] ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

function problemOf(env: Env, hosts: readonly string[]): string | null {
  if (!/^((v3)?password)?$/.test(env['OS_AUTH_TYPE'] ?? '')) {
    return 'unset OS_AUTH_TYPE, because only password is supported here';
  }
  const { authUrl, username, password } = settingNames;
  const missing: readonly string[] = [
    ...[authUrl, username, password].filter((name) => !env[name]),
    ...(hosts.length === 0 ? [hostsAdvice] : []),
  ];
  if (missing.length > 0) return `set ${listed(missing)}`;
  if (!/^https?:\/\/[^/@\s]+(\/[^@\s]*)?$/.test(env[authUrl] ?? '') || !URL.canParse(env[authUrl] ?? '')) {
    return `correct ${authUrl}, which must be an http or https URL without user info`;
  }
  return null;
}

function accountOf(env: Env, hosts: readonly string[]): KeystoneAccount {
  const { authUrl, username, password } = settingNames;
  return {
    authUrl: env[authUrl] ?? '',
    username: env[username] ?? '',
    password: env[password] ?? '',
    userDomain: idOrName(env, 'OS_USER_DOMAIN') ?? { name: 'Default' },
    project: idOrName(env, 'OS_PROJECT'),
    projectDomain: idOrName(env, 'OS_PROJECT_DOMAIN') ?? { name: 'Default' },
    hosts,
    settingNames,
  };
}

/** The id wins. */
function idOrName(env: Env, prefix: string): KeystoneAccount['project'] {
  const [id, name] = [env[`${prefix}_ID`], env[`${prefix}_NAME`]];
  if (id) return { id };
  return name ? { name } : null;
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
