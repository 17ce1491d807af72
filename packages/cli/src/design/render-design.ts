import { dump } from 'js-yaml';
import { type CompiledDesign, cutSecrets } from '@drydock/model';
import { UsageError } from '../usage-error.js';

/**
 * The site after inheritance, references and defaults, or one node of it, as YAML. Credentials are null, other secrets
 * empty.
 * @throws UsageError when the design has no such node
 */
export function renderDesign(design: CompiledDesign, nodeName: string | null): string {
  const { site, nodes } = cutSecrets(design).design;
  if (nodeName === null) return yaml({ site, nodes });
  const node = nodes.find(({ name }) => name === nodeName);
  if (node === undefined) throw new UsageError(`option '--node <name>': the design has no node ${nodeName}`);
  return yaml(node);
}

/** Equal parts are written out each time: nobody should have to follow references by hand. */
function yaml(value: object): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
