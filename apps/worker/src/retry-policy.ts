import type { BackoffPolicy } from '@drydock/model';

/** Calls that could not find out are tried again, ever more slowly, until the deadline of the attempt. */
export const retryPolicy: BackoffPolicy = { baseSeconds: 1, factor: 2, capSeconds: 30 };
