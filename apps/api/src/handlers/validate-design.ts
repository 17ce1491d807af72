import { DrydockError } from '@drydock/model';
import { checkDesignRef } from '@drydock/orchestrator';
import type { Handler } from '../api-parts.js';
import { booleanQuery } from '../http/query-values.js';
import { objectBody } from '../http/read-json-body.js';

/**
 * 200 or 400 with the validation document (reference 01 §1.12); a design that is not to be had is an error. With
 * `strict`, what the original let pass is an error too.
 */
export const validateDesign: Handler = async ({ body, query, signal }, parts) => {
  const { href } = objectBody(body);
  if (href === undefined || href === null || href === '') {
    throw new DrydockError('invalid_request', 'The "href" key must be provided in the request body.');
  }
  const reference = checkDesignRef(href, 'href');
  const strict = booleanQuery(query, 'strict');
  const { isValid, document } = await parts.designs.read(reference, signal, strict);
  return { status: isValid ? 200 : 400, encodedBody: document };
};
