import { DrydockError } from './drydock-error.js';
import type { NodeFilter, NodeFilterSet } from './node-filter.js';

type SetType = NodeFilter['filter_type'];

const setKeys = ['filter_set_type', 'filter_set'];
const filterKeys = ['filter_type', 'node_names', 'node_tags', 'node_labels', 'rack_names', 'rack_labels'];

/**
 * Reads the `node_filter` of a request (reference 01 §1.5.1). Null and absent are no filter; an empty criterion is
 * none. Throws `invalid_node_filter` with the place of the first mistake.
 */
export function parseNodeFilter(value: unknown): NodeFilterSet | null {
  if (value === null || value === undefined) return null;
  const at = 'node_filter';
  const set = mapAt(value, at);
  refuseUnknownKeys(set, setKeys, at);
  const filters = set['filter_set'] ?? [];
  if (!Array.isArray(filters)) throw refuse(`${at}.filter_set`, `must be an array of filters, not ${nameOf(filters)}`);
  return {
    filter_set_type: setTypeAt(set['filter_set_type'], `${at}.filter_set_type`),
    filter_set: filters.map((filter: unknown, index) => filterAt(filter, `${at}.filter_set[${index}]`)),
  };
}

function filterAt(value: unknown, at: string): NodeFilter {
  const filter = mapAt(value, at);
  refuseUnknownKeys(filter, filterKeys, at);
  return {
    filter_type: setTypeAt(filter['filter_type'], `${at}.filter_type`),
    node_names: textsAt(filter['node_names'], `${at}.node_names`),
    node_tags: textsAt(filter['node_tags'], `${at}.node_tags`),
    node_labels: labelsAt(filter['node_labels'], `${at}.node_labels`),
    rack_names: textsAt(filter['rack_names'], `${at}.rack_names`),
    rack_labels: labelsAt(filter['rack_labels'], `${at}.rack_labels`),
  };
}

function mapAt(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw refuse(at, `must be an object, not ${nameOf(value)}`);
}

function refuseUnknownKeys(map: Readonly<Record<string, unknown>>, known: readonly string[], at: string): void {
  const unknown = Object.keys(map).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refuse(`${at}.${unknown}`, `is unknown; known are ${known.join(', ')}`);
}

function setTypeAt(value: unknown, at: string): SetType {
  if (value === 'union' || value === 'intersection') return value;
  throw refuse(at, `must be "union" or "intersection", not ${nameOf(value)}`);
}

function textsAt(value: unknown, at: string): readonly string[] {
  const texts: unknown = value ?? [];
  if (!Array.isArray(texts)) throw refuse(at, `must be an array of strings, not ${nameOf(texts)}`);
  const wrong = texts.findIndex((text) => typeof text !== 'string');
  if (wrong === -1) return texts as readonly string[];
  throw refuse(`${at}[${wrong}]`, `must be a string, not ${nameOf(texts[wrong])}; put it in quotes`);
}

function labelsAt(value: unknown, at: string): Readonly<Record<string, string>> {
  if (value === null || value === undefined) return {};
  const labels = mapAt(value, at);
  for (const [key, label] of Object.entries(labels)) {
    if (typeof label !== 'string') {
      throw refuse(`${at}.${key}`, `must be a string, not ${nameOf(label)}; put it in quotes`);
    }
  }
  return labels as Readonly<Record<string, string>>;
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value).slice(0, 40)}`;
}

function refuse(at: string, problem: string): DrydockError {
  return new DrydockError('invalid_node_filter', `${at} ${problem}`);
}
