import type { MaasEvent } from '../world/event-log.js';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An event as MAAS shows it (05 §5.20). */
export function eventView(event: MaasEvent): Record<string, unknown> {
  return {
    username: event.username,
    node: event.systemId,
    hostname: event.hostname,
    id: event.id,
    level: event.level,
    created: eventDate(event.createdMs),
    type: event.type,
    description: event.description,
  };
}

/** `Fri, 07 Dec. 2018 20:11:08`. */
function eventDate(ms: number): string {
  const date = new Date(ms);
  const time = date.toISOString().slice(11, 19);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${days[date.getUTCDay()]}, ${day} ${months[date.getUTCMonth()]}. ${date.getUTCFullYear()} ${time}`;
}
