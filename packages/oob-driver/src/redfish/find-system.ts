import { BmcRefusal } from './bmc-refusal.js';
import { bmcUnavailable } from './bmc-unavailable.js';
import type { RedfishSession } from './redfish-session.js';
import { parseMembers, parseSystem, type SystemResource } from './resources.js';

export interface FoundSystem extends SystemResource {
  readonly link: string;
}

/** The BMC's one system, or the one that the design names. */
export async function findSystem(session: RedfishSession): Promise<FoundSystem> {
  const { endpoint, root } = session;
  if (root.systemsLink === null) throw bmcUnavailable(endpoint, 'its service root names no systems');
  const links = parseMembers((await session.read(root.systemsLink)).body, endpoint);
  const [only] = links;
  if (only === undefined) throw bmcUnavailable(endpoint, 'it shows no system (it may still be starting)');
  if (links.length === 1) return readSystem(session, only);
  const systems = await Promise.all(links.map((link) => readSystem(session, link)));
  const chosen = systems.filter((system) => endpoint.systemName !== null && system.names.includes(endpoint.systemName));
  if (chosen.length === 1 && chosen[0] !== undefined) return chosen[0];
  const shown = systems.map((system) => system.names[0] ?? system.link).join(', ');
  throw new BmcRefusal(
    'ambiguous',
    `the BMC of node ${endpoint.nodeName} at ${endpoint.place} has the systems ${shown}; name one by oob.system (id, name or UUID)`,
  );
}

export async function readSystem(session: RedfishSession, link: string): Promise<FoundSystem> {
  const answer = await session.read(link);
  const system = parseSystem(answer.body, session.endpoint);
  return { ...system, link, etag: answer.headers['etag'] ?? system.etag };
}
