/**
 * The values of If-Match to try, one after another (reference 04 §11): as read, the strong form of a weak tag, any, none.
 * A BMC without tags is first written without.
 */
export function etagForms(etag: string | null): readonly (string | null)[] {
  if (etag === null) return [null, '*'];
  const strong = etag.replace(/^W\//, '');
  return strong === etag ? [etag, '*', null] : [etag, strong, '*', null];
}
