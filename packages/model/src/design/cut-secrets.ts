import type { CompiledDesign, CompiledNode, CompiledSite } from './compiled-design.js';

/** A value that a stored snapshot must not hold, and where it belongs. */
export interface DesignSecret {
  /** Null: of the site. */
  readonly nodeName: string | null;
  /** JSON pointer (RFC 6901) into the node or the site. */
  readonly path: string;
  readonly value: string;
}

export interface DesignWithoutSecrets {
  readonly design: CompiledDesign;
  readonly secrets: readonly DesignSecret[];
}

/**
 * Takes out of a design what a snapshot must not hold: out-of-band credentials, other out-of-band parameters that
 * are named like a secret, and the user info of every URL. A credential leaves null, a parameter an empty string,
 * a URL itself without its user info. The design that was given stays as it is.
 */
export function cutSecrets(design: CompiledDesign): DesignWithoutSecrets {
  const secrets: DesignSecret[] = [];
  const cutFrom = <T>(part: T, nodeName: string | null): T =>
    withoutSecrets(part, '', ({ path, value, rest }) => {
      secrets.push({ nodeName, path, value });
      return rest;
    }) as T;
  const site = cutFrom(design.site, null);
  const nodes = design.nodes.map((node) => cutFrom(node, node.name));
  return { design: { ...design, site, nodes }, secrets };
}

/**
 * A part of a node or of the site for people to read, with `[redacted]` for every secret in it.
 *
 * @param path JSON pointer (RFC 6901) of that part in the node or the site
 */
export function redactSecrets<T>(part: T, path: string): T {
  return withoutSecrets(part, path, ({ redacted }) => redacted) as T;
}

/** The node with its secrets put back; secrets of others are ignored. */
export function restoreSecrets(node: CompiledNode, secrets: readonly DesignSecret[]): CompiledNode {
  return restore(
    node,
    secrets.filter((secret) => secret.nodeName === node.name),
  );
}

/** The site with its secrets put back; secrets of nodes are ignored. */
export function restoreSiteSecrets(site: CompiledSite, secrets: readonly DesignSecret[]): CompiledSite {
  return restore(
    site,
    secrets.filter((secret) => secret.nodeName === null),
  );
}

/** A secret that was found, and what may stand in its place. */
interface FoundSecret {
  readonly path: string;
  readonly value: string;
  readonly rest: string | null;
  readonly redacted: string;
}

const redacted = '[redacted]';

/**
 * Scheme, then user info; what follows may be a template. A value that only mentions such a URL in a longer text is no
 * reference and stays.
 */
const urlWithUserInfo = /^(\s*[A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#\s]*@(.*)$/s;
const secretParameter = /^\/oob\/parameters\/.*(?:password|passwd|passphrase|secret|token|credential|api_?key)/i;

function withoutSecrets(value: unknown, path: string, replace: (secret: FoundSecret) => string | null): unknown {
  if (typeof value === 'string') {
    const secret = secretIn(value, path);
    return secret === null ? value : replace(secret);
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, `${path}/${index}`, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, `${path}/${escapeToken(key)}`, replace)]),
  );
}

function secretIn(value: string, path: string): FoundSecret | null {
  const isCredential = path === '/oob/credential';
  if (isCredential || (value !== '' && path.startsWith('/oob/') && secretParameter.test(path))) {
    return { path, value, rest: isCredential ? null : '', redacted };
  }
  if (!value.includes('://')) return null;
  const [, scheme, rest] = urlWithUserInfo.exec(value) ?? [];
  if (scheme === undefined || rest === undefined) return null;
  return { path, value, rest: `${scheme}${rest}`, redacted: `${scheme}${redacted}@${rest}` };
}

function restore<T>(part: T, secrets: readonly DesignSecret[]): T {
  return secrets.reduce((whole, secret) => {
    const tokens = secret.path.split('/').slice(1).map(unescapeToken);
    return withValue(whole, tokens, secret.value) as T;
  }, part);
}

function withValue(part: unknown, [token, ...rest]: readonly string[], value: string): unknown {
  if (token === undefined) return value;
  if (Array.isArray(part)) {
    return part.map((item, index) => (String(index) === token ? withValue(item, rest, value) : (item as unknown)));
  }
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, item]) => [key, key === token ? withValue(item, rest, value) : (item as unknown)]),
  );
}

function escapeToken(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
