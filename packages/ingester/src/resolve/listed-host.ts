const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Whether a list of `host` and `host:port` names the host of a URL. */
export function isListedHost(url: URL, hosts: readonly string[]): boolean {
  const port = url.port === '' ? (defaultPorts[url.protocol] ?? '') : url.port;
  const names = new Set([url.hostname, `${url.hostname}:${port}`]);
  return hosts.some((host) => names.has(host.toLowerCase()));
}
