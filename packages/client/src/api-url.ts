/**
 * Where the API is, ending in a slash. Takes the address of the service with or without a path before it, and with or
 * without the API's own path.
 * @throws TypeError that names the address without its user info
 */
export function apiUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    const shown = address.replace(/[^/]*@/, '');
    throw new TypeError(`"${shown}" is not the URL of a Drydock API; use one like http://127.0.0.1:9000`);
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(\/v1\.0)?$/, '');
  url.pathname = `${path}/api/v1.0/`;
  url.search = '';
  url.hash = '';
  return url;
}

/** An address as it may be printed. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
