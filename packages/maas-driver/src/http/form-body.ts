export type FormValue = string | number | boolean | readonly (string | number)[] | null | undefined;
export type FormFields = Readonly<Record<string, FormValue>>;

/**
 * Encodes fields as `application/x-www-form-urlencoded`, for bodies and queries alike. A list repeats its name; `undefined` is left out;
 * `null` is an empty value, which clears a field. Booleans are `true`/`false`: MAAS reads `0` as true (reference 04 W-5).
 */
export function formBody(fields: FormFields): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const text of textsOf(value)) body.append(name, text);
  }
  return body.toString();
}

function textsOf(value: FormValue): readonly string[] {
  if (value === undefined) return [];
  if (value === null) return [''];
  if (typeof value === 'object') return value.map(String);
  return [String(value)];
}
