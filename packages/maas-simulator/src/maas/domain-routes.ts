import { domainView } from '../views/site-views.js';
import type { Domain } from '../world/site.js';
import { admins, json, noContent, users, type Call, type Reply, type Route } from './call.js';
import { refuse } from './refusal.js';
import { changingSite } from './site-change.js';

const domainName = /^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/;

/** Domains (05 §4.4, rules §9); zones, pools, spaces and DNS servers as far as clients look at them. */
export const domainRoutes: readonly Route[] = [
  { path: 'domains/', endpoints: { GET: users(list), POST: admins(changingSite(create)) } },
  {
    path: 'domains/:id/',
    endpoints: { GET: users(read), PUT: admins(changingSite(update)), DELETE: admins(changingSite(remove)) },
  },
  { path: 'zones/', endpoints: { GET: users(listZones) } },
  { path: 'resourcepools/', endpoints: { GET: users(listPools) } },
];

function list(call: Call): Reply {
  return json([...call.world.site.domains.values()].map(domainView));
}

function domainOf(call: Call): Domain {
  const wanted = call.params['id'] ?? '';
  const { domains } = call.world.site;
  const domain = domains.get(Number(wanted)) ?? [...domains.values()].find((candidate) => candidate.name === wanted);
  if (domain === undefined) throw refuse.notFound('Domain');
  return domain;
}

function read(call: Call): Reply {
  return json(domainView(domainOf(call)));
}

function requireName(call: Call, self?: Domain): string {
  const name = self === undefined ? call.form.require('name') : (call.form.get('name') ?? self.name);
  if (!domainName.test(name)) throw refuse.field('name', `Invalid domain name: ${name}.`);
  if ([...call.world.site.domains.values()].some((domain) => domain !== self && domain.name === name)) {
    throw refuse.field('name', 'Domain with this Name already exists.');
  }
  return name;
}

function create(call: Call): Reply {
  const name = requireName(call);
  const authoritative = call.form.has('authoritative') ? call.form.flag('authoritative') : true;
  const ttl = call.form.integer('ttl') ?? null;
  const domain: Domain = { id: call.world.nextId('domain'), name, authoritative, ttl, isDefault: false };
  call.world.site.domains.set(domain.id, domain);
  return json(domainView(domain));
}

function update(call: Call): Reply {
  const domain = domainOf(call);
  domain.name = requireName(call, domain);
  domain.ttl = call.form.integer('ttl') ?? domain.ttl;
  if (call.form.has('authoritative')) domain.authoritative = call.form.flag('authoritative');
  return json(domainView(domain));
}

function remove(call: Call): Reply {
  const domain = domainOf(call);
  if (domain.isDefault) throw refuse.text(400, 'This domain is the default domain, it cannot be deleted.');
  if ([...call.world.machines.values()].some((machine) => machine.domainId === domain.id)) {
    throw refuse.text(400, `Cannot delete domain ${domain.name}: machines are in it.`);
  }
  call.world.site.domains.delete(domain.id);
  return noContent;
}

function listZones(): Reply {
  return json([{ id: 1, name: 'default', description: '', resource_uri: '/MAAS/api/2.0/zones/default/' }]);
}

function listPools(): Reply {
  return json([{ id: 0, name: 'default', description: 'Default pool', resource_uri: '/MAAS/api/2.0/resourcepool/0/' }]);
}
