import { DrydockError, type CompiledNode, type CompiledSite, type Verb } from '@drydock/model';
import type { StepMaterial, StepReports } from './step-material.js';

/** @throws DrydockError `internal`: the worker did not load what `materialNeeds` asks for */
export function requiredNode(verb: Verb, material: StepMaterial): CompiledNode {
  if (material.node) return material.node;
  throw new DrydockError('internal', `${verb} was executed without its node; load the node's part of the snapshot`);
}

/** @throws DrydockError `internal`: the worker did not load what `materialNeeds` asks for */
export function requiredSite(verb: Verb, material: StepMaterial): CompiledSite {
  if (material.site) return material.site;
  throw new DrydockError('internal', `${verb} was executed without its site; load the site's part of the snapshot`);
}

/** @throws DrydockError `internal`: the worker did not load what `materialNeeds` asks for */
export function requiredReports(verb: Verb, material: StepMaterial): StepReports {
  if (material.reports) return material.reports;
  throw new DrydockError('internal', `${verb} was executed without its reports; load those of the node's deployment`);
}
