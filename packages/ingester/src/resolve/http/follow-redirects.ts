import { DrydockError } from '@drydock/model';
import { printableUrl } from '../printable-url.js';

const maxRedirects = 5;

/** `isHome`: no redirect has yet led to another origin, so credentials may go along. */
export interface Hop {
  readonly url: URL;
  readonly isHome: boolean;
}

export interface Redirect {
  readonly redirect: URL;
}

/**
 * Asks hop after hop until one answers with something else than where to go. Once a redirect has led to another origin,
 * no later hop is at home again, not even at the first origin: its path would be the other's choice.
 */
export async function followRedirects<Answer extends object>(
  start: URL,
  ask: (hop: Hop) => Promise<Answer | Redirect>,
): Promise<Answer> {
  let hop: Hop = { url: withoutUserInfo(start), isHome: true };
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const answer = await ask(hop);
    if (!isRedirect(answer)) return answer;
    hop = nextHop(hop, answer.redirect);
  }
  throw new DrydockError(
    'design_unavailable',
    `${printableUrl(start)} redirects more than ${maxRedirects} times; give the URL that it ends at`,
  );
}

function isRedirect(answer: object): answer is Redirect {
  return 'redirect' in answer;
}

/** User info in a `Location` is the server's, not ours. */
function nextHop(from: Hop, to: URL): Hop {
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new DrydockError(
      'design_reference_refused',
      `${printableUrl(from.url)} redirects to ${to.protocol}, not to http or https`,
    );
  }
  return { url: withoutUserInfo(to), isHome: from.isHome && from.url.origin === to.origin };
}

function withoutUserInfo(url: URL): URL {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy;
}
