import { got, RequestError, type Response } from 'got';
import { shownUrl } from './api-url.js';
import { ClientError, ClientForbiddenError, ClientUnauthorizedError } from './client-error.js';

export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Whether it may be sent again when no answer came: doing it twice is doing it once. A GET always may. */
  readonly canRepeat?: boolean | undefined;
  /** How long the answer may take to begin. */
  readonly answerSeconds: number;
  /** Whether the body of a status of 400 or more is an answer all the same; by default every such status is an error. */
  readonly isAnswer?: ((status: number, body: unknown) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type OnRequest = (method: string, url: string, status: number | null, milliseconds: number) => void;

const connectSeconds = 20;

/**
 * Sends a request and reads its JSON. What may be repeated is sent again, twice at most, and only when no answer came.
 * @throws ClientError
 */
export async function sendRequest<Document>(request: ClientRequest, onRequest: OnRequest): Promise<Document> {
  const startedAt = performance.now();
  const name = `${request.method} ${shownUrl(request.url)}`;
  const report = (status: number | null): void =>
    onRequest(request.method, shownUrl(request.url), status, Math.round(performance.now() - startedAt));
  let response: Response<string>;
  try {
    response = await send(request);
  } catch (error) {
    report(null);
    if (request.signal?.aborted) throw error;
    const code = error instanceof RequestError ? error.code : 'no answer';
    throw new ClientError(`${name}: no answer (${code}); check the URL and that the API runs`, null, true, {
      cause: error,
    });
  }
  report(response.statusCode);
  const body = parseJson(response.body);
  if (request.isAnswer?.(response.statusCode, body)) return body as Document;
  if (response.statusCode >= 400) throw refused(name, response);
  return objectOf(name, response, body) as Document;
}

function send(request: ClientRequest): Promise<Response<string>> {
  const { method, url, headers, json, canRepeat = method === 'GET', answerSeconds, signal } = request;
  return got(url, {
    method,
    headers: { accept: 'application/json', ...headers },
    ...(json !== undefined && { json }),
    ...(signal && { signal }),
    throwHttpErrors: false,
    followRedirect: false,
    retry: { limit: canRepeat ? 2 : 0, methods: [method], statusCodes: [] },
    timeout: { connect: connectSeconds * 1000, response: answerSeconds * 1000 },
  });
}

function refused(name: string, { statusCode, body }: Response<string>): ClientError {
  const { message, retry } = readEnvelope(body);
  const text = `${name}: ${statusCode} ${message}`;
  if (statusCode === 401) return new ClientUnauthorizedError(text, statusCode, false);
  if (statusCode === 403) return new ClientForbiddenError(text, statusCode, false);
  return new ClientError(text, statusCode, retry ?? statusCode >= 500);
}

const shownCharacters = 500;

/** The API's error envelope; or the body itself, when a proxy answered. */
function readEnvelope(body: string): { readonly message: string; readonly retry?: boolean } {
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string') {
    return 'retry' in value && typeof value.retry === 'boolean'
      ? { message: value.message, retry: value.retry }
      : { message: value.message };
  }
  return { message: body.slice(0, shownCharacters) || 'without a reason' };
}

function objectOf(name: string, { statusCode }: Response<string>, value: unknown): object {
  if (statusCode < 300 && typeof value === 'object' && value !== null) return value;
  throw new ClientError(`${name}: ${statusCode}, but not an answer of a Drydock API; check the URL`, statusCode, false);
}

/** Undefined, which no JSON is, for a text that is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
