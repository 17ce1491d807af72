import type { BmcEndpoint } from './bmc-endpoint.js';
import { bmcUnavailable } from './bmc-unavailable.js';

/**
 * The link, as the BMC gave it, as seen from its endpoint. Only path and query count: it is the endpoint that is asked.
 * @throws DrydockError `bmc_unavailable` when it is no place on a web server
 */
export function linkTarget(link: string, endpoint: BmcEndpoint): Pick<URL, 'pathname' | 'search'> {
  if (URL.canParse(link, endpoint.origin)) {
    const { pathname, search } = new URL(link, endpoint.origin);
    // `mailto:5/odd` has a path too: behind the endpoint's port it would name another port.
    if (pathname.startsWith('/')) return { pathname, search };
  }
  throw bmcUnavailable(endpoint, `it named the malformed link ${JSON.stringify(link)}`);
}
