import type { ErrorCode } from '@drydock/model';

/** What a pool sends to a thread. It answers a request with the same id; a cancelled one is not waited for. */
export type ThreadRequest<Request> =
  { readonly id: number; readonly request: Request } | { readonly id: number; readonly isCancelled: true };

/**
 * Errors of ours cross as code and message: a class does not survive the way between threads. Of any other only the
 * stack crosses, for the log: its text was not meant for anybody outside.
 */
export type ThreadReply<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string }
  | { readonly id: number; readonly mistake: string };
