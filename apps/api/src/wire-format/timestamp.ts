const postgresMoment = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d(?::?\d\d)?)$/;

/**
 * The one format of every moment that the API shows: `YYYY-MM-DD HH:MM:SS.ffffff+00:00`, always UTC, always six digits
 * (reference 01 §2.2: the original showed two formats, with and without a zone).
 * @param moment as Postgres prints it, in any time zone
 */
export function timestamp(moment: string): string {
  const parts = postgresMoment.exec(moment);
  if (!parts) throw new RangeError(`"${moment}" is not a moment as Postgres prints it`);
  const [, date = '', time = '', fraction = '', zone = ''] = parts;
  const micros = fraction.padEnd(6, '0');
  if (/^(Z|[+-]00(:?00)?)$/.test(zone)) return `${date} ${time}.${micros}+00:00`;
  const minutes = zone.length === 3 ? `${zone}:00` : zone;
  const [utcDate = '', utcTime = ''] = new Date(`${date}T${time}${minutes}`).toISOString().split(/[T.]/);
  return `${utcDate} ${utcTime}.${micros}+00:00`;
}

export function optionalTimestamp(moment: string | null): string | null {
  return moment === null ? null : timestamp(moment);
}
