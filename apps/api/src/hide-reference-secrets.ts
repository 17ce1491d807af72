/** A name and its value in the query or the fragment of a URI. */
const parameter = /([?&;#])([^=&;#]*)=[^&;#]*/g;

/**
 * Names whose values are credentials where object stores, forges and proxies put them: `X-Amz-Signature`, `sig`,
 * `private_token`, `temp_url_sig` … The last word of a name decides, so `revision-key` is hidden and `keywords` is not.
 */
const secretName =
  /(token|secret|passw(or)?d|pwd|passphrase|key|signature|sig|hmac|credentials?|auth|authorization|jwt|bearer|session(id)?|sid)$/i;

const hidden = 'redacted';

/** A reference without its user info and with the values of credential-like parameters replaced; else as it came. */
export function hideReferenceSecrets(reference: string): string {
  const [path = '', parameters = ''] = withoutUserInfo(reference).split(/(?=[?#])(.*)/s);
  const shown = parameters.replaceAll(parameter, (whole, before: string, name: string) =>
    secretName.test(decoded(name)) ? `${before}${name}=${hidden}` : whole,
  );
  return path + shown;
}

function withoutUserInfo(reference: string): string {
  const url = new URL(reference);
  if (url.username === '' && url.password === '') return reference;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Percent-encoding that is broken is left as it stands. */
function decoded(name: string): string {
  return new URLSearchParams(name).keys().next().value ?? name;
}
