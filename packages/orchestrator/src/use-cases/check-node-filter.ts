import { type NodeFilterSet, parseNodeFilter } from '@drydock/model';
import { checkStorable } from './check-storable.js';

/**
 * The filter as the client sent it, since it is shown again like that (reference 01 §2.1); only members that are null
 * are left out, which say nothing.
 * @throws DrydockError `invalid_node_filter`, `invalid_request`
 */
export function checkNodeFilter(value: unknown): NodeFilterSet | null {
  const parsed = parseNodeFilter(value);
  if (parsed === null) return null;
  checkStorable(value, 'node_filter');
  const sent = value as Readonly<Partial<NodeFilterSet>>;
  const filters = sent.filter_set ?? [];
  return { filter_set_type: parsed.filter_set_type, filter_set: filters.map(withoutNulls) };
}

function withoutNulls<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as Value;
}
