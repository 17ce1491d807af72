import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Postgres keeps microseconds; a JavaScript Date would cut them, so moments travel as text. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 6 });

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
