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
    cut(part, '', (path, value) => secrets.push({ nodeName, path, value })) as T;
  const site = cutFrom(design.site, null);
  const nodes = design.nodes.map((node) => cutFrom(node, node.name));
  return { design: { ...design, site, nodes }, secrets };
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

type Keep = (path: string, value: string) => void;

/** Scheme, then user info. A value that only mentions such a URL in a longer text is no reference and stays. */
const urlWithUserInfo = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#\s]*@(\S*)$/;
const secretParameter = /^\/oob\/parameters\/.*(?:password|passwd|passphrase|secret|token|credential|api_?key)/i;

function cut(value: unknown, path: string, keep: Keep): unknown {
  if (typeof value === 'string') return cutText(value, path, keep);
  if (Array.isArray(value)) return value.map((item, index) => cut(item, `${path}/${index}`, keep));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cut(item, `${path}/${escapeToken(key)}`, keep)]),
  );
}

function cutText(value: string, path: string, keep: Keep): string | null {
  const isCredential = path === '/oob/credential';
  if (isCredential || (value !== '' && path.startsWith('/oob/') && secretParameter.test(path))) {
    keep(path, value);
    return isCredential ? null : '';
  }
  if (!value.includes('://')) return value;
  const [, scheme, rest] = urlWithUserInfo.exec(value) ?? [];
  if (scheme === undefined || rest === undefined) return value;
  keep(path, value);
  return `${scheme}${rest}`;
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
