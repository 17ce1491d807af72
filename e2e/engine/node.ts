import type { CompiledNode } from '@drydock/model';
import { compiledNode } from '@drydock/testkit';

const scripted = {
  type: 'scripted',
  network: null,
  account: null,
  credential: null,
  address: null,
  port: null,
  scheme: null,
  parameters: {},
} as const;

/** A node that the scripted driver serves. */
export function node(name: string, more: Partial<CompiledNode> = {}): CompiledNode {
  return compiledNode({ name, rack: 'r1', oob: scripted, ...more });
}
