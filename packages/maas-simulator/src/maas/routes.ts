import { accountRoutes } from './account-routes.js';
import { bootAndRackRoutes } from './boot-and-rack-routes.js';
import type { Route } from './call.js';
import { domainRoutes } from './domain-routes.js';
import { eventRoutes } from './event-routes.js';
import { fabricRoutes } from './fabric-routes.js';
import { interfaceRoutes } from './interface-routes.js';
import { machineRoutes } from './machine-routes.js';
import { rangeRoutes } from './range-routes.js';
import { repositoryRoutes } from './repository-routes.js';
import { resultRoutes } from './result-routes.js';
import { staticRouteRoutes } from './static-route-routes.js';
import { storageRoutes } from './storage-routes.js';
import { subnetRoutes } from './subnet-routes.js';
import { tagRoutes } from './tag-routes.js';
import { vlanRoutes } from './vlan-routes.js';
import { volumeGroupRoutes } from './volume-group-routes.js';

/** The endpoint catalogue: everything that the simulated MAAS answers. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...machineRoutes,
  ...interfaceRoutes,
  ...storageRoutes,
  ...volumeGroupRoutes,
  ...fabricRoutes,
  ...vlanRoutes,
  ...subnetRoutes,
  ...rangeRoutes,
  ...staticRouteRoutes,
  ...domainRoutes,
  ...tagRoutes,
  ...repositoryRoutes,
  ...bootAndRackRoutes,
  ...resultRoutes,
  ...eventRoutes,
];
