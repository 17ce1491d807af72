import { DrydockError, type RetryScope } from '@drydock/model';
import { checkStorable } from './check-storable.js';

/** As it came from the client, unchecked. */
export interface RetryScopeRequest {
  readonly scope: unknown;
  readonly nodeNames: unknown;
  readonly stepId: unknown;
}

type Kind = RetryScope['kind'];

/** The member that a scope needs beside it; it stands with no other scope. */
const memberOf = { failed: null, node: 'node_names', step: 'step_id' } as const satisfies Record<Kind, string | null>;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws DrydockError `invalid_request` */
export function checkRetryScope(request: RetryScopeRequest): RetryScope {
  const kind = kindOf(request.scope);
  const given = { node_names: request.nodeNames, step_id: request.stepId };
  for (const [member, value] of Object.entries(given)) {
    if (value === undefined || value === null || member === memberOf[kind]) continue;
    throw refuse(`${member} does not belong to the scope ${kind}; leave it out`);
  }
  return scopes[kind](request);
}

const scopes: { readonly [K in Kind]: (request: RetryScopeRequest) => RetryScope } = {
  failed: () => ({ kind: 'failed' }),
  node: ({ nodeNames }) => ({ kind: 'node', nodeNames: checkNames(nodeNames) }),
  step: ({ stepId }) => ({ kind: 'step', stepId: checkId(stepId) }),
};

function kindOf(scope: unknown): Kind {
  if (typeof scope === 'string' && Object.hasOwn(memberOf, scope)) return scope as Kind;
  throw refuse('scope must be failed, node or step');
}

function checkNames(value: unknown): readonly string[] {
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    throw refuse('node_names must be a list of at least one node name');
  }
  checkStorable(names, 'node_names');
  return [...new Set(names as readonly string[])];
}

function checkId(value: unknown): string {
  if (typeof value === 'string' && uuid.test(value)) return value;
  throw refuse('step_id must be the id of a subtask, as GET /tasks/{id}?layers=-1 shows it');
}

function refuse(message: string): DrydockError {
  return new DrydockError('invalid_request', message);
}
