/** How this machine reaches who listens there: an address that means "every interface" is none to connect to. */
export function urlOfListener(host: string, port: number | string): string {
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
