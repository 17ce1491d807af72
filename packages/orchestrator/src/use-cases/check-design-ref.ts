import { DrydockError } from '@drydock/model';

/** A reference is kept with every task and shown with each of its subtasks. */
const limitBytes = 4096;

/** Space and control characters: URL parsers drop some of them, so that two readers would see two references. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const unprintable = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]|\p{Surrogate}/u;

/** Of a scheme that needs a server. URL parsers take `http:/x` for the host `x`. */
const hostless = /^(?:https?|(?:deckhand|promenade)\+https?):(?!\/\/(?:[^/?#\\]*@)?[^/?#\\:@]+(?:[:/?#\\]|$))/i;

/**
 * The `design_ref` of a request: an absolute URI. The design is not fetched here.
 * @param member what the request calls it
 * @throws DrydockError `invalid_request`; the message never holds the reference, which may carry credentials
 */
export function checkDesignRef(value: unknown, member = 'design_ref'): string {
  const refuse = (problem: string): DrydockError =>
    new DrydockError(
      'invalid_request',
      `${member} ${problem}; send the URI of the site design, like https://host/site.yaml`,
    );
  if (value === undefined || value === null) throw refuse('is missing');
  if (typeof value !== 'string')
    throw refuse(`must be a string, not ${Array.isArray(value) ? 'an array' : typeof value}`);
  if (value === '') throw refuse('is empty');
  const bytes = Buffer.byteLength(value);
  if (bytes > limitBytes) throw refuse(`has ${bytes} bytes, more than ${limitBytes}`);
  if (unprintable.test(value)) throw refuse('holds a space or a control character; percent-encode it');
  if (hostless.test(value)) throw refuse('names no host');
  if (!URL.canParse(value)) throw refuse('is not a URI with a scheme');
  return value;
}
