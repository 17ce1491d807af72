import { eventView } from '../views/event-view.js';
import { eventLevels, type EventLevel, type MaasEvent } from '../world/event-log.js';
import { json, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';

/** Events (05 §10.2). */
export const eventRoutes: readonly Route[] = [{ path: 'events/', endpoints: { 'GET query': users(query) } }];

function query(call: Call): Reply {
  const limit = requireLimit(call);
  const before = call.query.integer('before');
  const after = call.query.integer('after');
  if (before !== undefined && after !== undefined)
    throw refuse.text(400, 'There is undefined behaviour when before and after are specified.');
  const matching = call.world.events.all().filter(matcher(call));
  const page = pageOf(matching, limit, before, after);
  const newestFirst = page.toReversed();
  const first = page[0]?.id;
  const last = page.at(-1)?.id;
  return json({
    count: newestFirst.length,
    events: newestFirst.map(eventView),
    next_uri: last === undefined ? null : pageUri(call, 'after', last),
    prev_uri: first === undefined ? null : pageUri(call, 'before', first),
  });
}

function pageOf(events: MaasEvent[], limit: number, before?: number, after?: number): MaasEvent[] {
  if (after !== undefined) return events.filter((event) => event.id > after).slice(0, limit);
  const older = before === undefined ? events : events.filter((event) => event.id < before);
  return older.slice(-limit);
}

function requireLimit(call: Call): number {
  const limit = call.query.integer('limit') ?? 100;
  if (limit > 1000) throw refuse.text(400, `Requested number of events ${limit} is greater than limit: 1000`);
  return Math.max(1, limit);
}

function matcher(call: Call): (event: MaasEvent) => boolean {
  const name = call.query.get('level') ?? 'INFO';
  const isLevel = (text: string): text is EventLevel => text in eventLevels;
  if (!isLevel(name)) throw refuse.text(400, `Unrecognised log level: ${name}`);
  const ids = call.query.all('id');
  const hostNames = call.query.all('hostname');
  return (event) =>
    (name === 'AUDIT'
      ? event.level === 'AUDIT'
      : event.level !== 'AUDIT' && eventLevels[event.level] >= eventLevels[name]) &&
    (ids.length === 0 || ids.includes(event.systemId)) &&
    (hostNames.length === 0 || hostNames.includes(event.hostname));
}

function pageUri(call: Call, name: 'before' | 'after', id: number): string {
  const parameters = new URLSearchParams({ op: 'query' });
  for (const [key, values] of call.query.entries()) {
    if (['op', 'before', 'after'].includes(key)) continue;
    for (const value of values) parameters.append(key, value);
  }
  parameters.set(name, String(id));
  return `/MAAS/api/2.0/events/?${parameters.toString()}`;
}
