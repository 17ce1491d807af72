import { DrydockError } from '@drydock/model';
import { readNodeBuildData } from '@drydock/model/db';
import type { Handler } from '../api-parts.js';
import { booleanQuery } from '../http/query-values.js';
import { buildDataDocument } from '../wire-format/build-data-document.js';

/** Everything about a node, or with `latest` the newest of each generator. */
export const nodeBuildData: Handler = async ({ params, query }, parts) => {
  const hostname = params['hostname'] ?? '';
  const isLatestOnly = booleanQuery(query, 'latest');
  // Postgres cannot store NUL, so no node is called so.
  const data = hostname.includes('\u0000') ? [] : await readNodeBuildData(parts.db, hostname, isLatestOnly);
  if (data.length === 0) throw new DrydockError('not_found', 'No build data found');
  return { status: 200, body: data.map(buildDataDocument) };
};
