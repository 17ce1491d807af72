import type { World } from '../world/world.js';
import { domainView, subnetView, vlanView } from './site-views.js';

interface Cache {
  revision: number;
  readonly views: Map<string, unknown>;
}

const caches = new WeakMap<World, Cache>();

/** A part of a machine document that many machines share; built once per revision of the site. */
export function cachedSiteView(world: World, kind: 'vlan' | 'subnet' | 'domain', id: number | null): unknown {
  if (id === null) return null;
  const cache = currentCache(world);
  const key = `${kind}/${id}`;
  const known = cache.views.get(key);
  if (known !== undefined) return known;
  const view = build(world, kind, id);
  cache.views.set(key, view);
  return view;
}

function currentCache(world: World): Cache {
  let cache = caches.get(world);
  if (cache === undefined) {
    cache = { revision: world.site.revision, views: new Map() };
    caches.set(world, cache);
  }
  if (cache.revision !== world.site.revision) {
    cache.views.clear();
    cache.revision = world.site.revision;
  }
  return cache;
}

function build(world: World, kind: 'vlan' | 'subnet' | 'domain', id: number): unknown {
  const { vlans, subnets, domains } = world.site;
  const builders = {
    vlan: () => view(vlans.get(id), (vlan) => vlanView(world, vlan)),
    subnet: () => view(subnets.get(id), (subnet) => subnetView(world, subnet)),
    domain: () => view(domains.get(id), domainView),
  };
  return builders[kind]();
}

function view<T>(object: T | undefined, show: (object: T) => unknown): unknown {
  return object === undefined ? null : show(object);
}
