import * as addressing from './addressing.js';
import * as bootActions from './boot-actions.js';
import * as network from './network.js';
import * as nodes from './nodes.js';
import * as ranges from './ranges.js';
import type { RuleCases } from './rule-case.js';
import * as storage from './storage.js';

export const allRuleCases: readonly RuleCases[] = [storage, network, addressing, ranges, nodes, bootActions].flatMap(
  (cases) => Object.values(cases),
);
