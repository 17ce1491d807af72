import { openConnection } from './connection.js';
import { createLane, type Lane } from './lane.js';
import { MaasError, noFacts } from './maas-error.js';
import {
  nameOfRead,
  nameOfWrite,
  type MaasRead,
  type MaasWrite,
  type RequestName,
  type RequestRecord,
} from './maas-request.js';
import { parseApiKey } from './oauth-header.js';
import { createRedactor } from './redactor.js';
import { createSender } from './sender.js';
import type { TimeLimits } from './time-limits.js';

export interface MaasClientConfig {
  readonly url: string;
  readonly apiKey: string;
  readonly maxConcurrentRequests: number;
  readonly timeLimits: TimeLimits;
  readonly onRequest?: (record: RequestRecord) => void;
}

/** Says at the last moment that the write goes out, and until when it may. */
export type Announce = () => Promise<{ readonly sendBefore: number }>;

export interface MaasClient {
  /** Reads JSON. Repeats itself a few times on gateway errors and lost connections. @throws MaasError */
  read(request: MaasRead, signal: AbortSignal): Promise<unknown>;
  /** Reads bytes. @throws MaasError */
  readBytes(request: MaasRead, signal: AbortSignal): Promise<Buffer>;
  /** Sends one write, once. `announce` runs when the lane has room, right before. @throws MaasError */
  write(request: MaasWrite, signal: AbortSignal, announce?: Announce): Promise<unknown>;
  /** Without user info. */
  readonly baseUrl: string;
  close(): void;
}

const pollLaneLimit = 2;

export function createMaasClient(config: MaasClientConfig): MaasClient {
  const key = parseApiKey(config.apiKey);
  const url = config.url.replace(/\/+$/, '');
  const baseUrl = url.replace(/\/\/[^/@]*@/, '//');
  const maxSockets = config.maxConcurrentRequests + pollLaneLimit;
  const connection = openConnection(url, key, { maxSockets, timeLimits: config.timeLimits });
  const lanes = { work: createLane(config.maxConcurrentRequests), poll: createLane(pollLaneLimit) };
  const sender = createSender({
    got: connection.got,
    baseUrl,
    redact: createRedactor([key.tokenSecret, key.tokenKey, config.apiKey]),
    onRequest: config.onRequest ?? (() => undefined),
  });
  const readBytes = (request: MaasRead, signal: AbortSignal) =>
    inLane(lanes[request.lane ?? 'work'], signal, nameOfRead(request), () => sender.read(request, signal));
  return {
    baseUrl,
    readBytes,
    async read(request, signal) {
      return parseJson(await readBytes(request, signal), nameOfRead(request), baseUrl);
    },
    async write(request, signal, announce) {
      const name = nameOfWrite(request);
      return await inLane(lanes.work, signal, name, async () => {
        const sendBefore = announce === undefined ? Infinity : (await announce()).sendBefore;
        const body = await sender.write(request, signal, sendBefore);
        return body.length === 0 ? null : parseJson(body, name, baseUrl);
      });
    },
    close: () => connection.close(),
  };
}

async function inLane<T>(lane: Lane, signal: AbortSignal, name: RequestName, act: () => Promise<T>): Promise<T> {
  let entered = false;
  try {
    return await lane.run(signal, () => {
      entered = true;
      return act();
    });
  } catch (error) {
    if (entered) throw error;
    const message = `${name.text} was not sent: the call was aborted while it waited for its turn`;
    throw new MaasError('not_sent', message, noFacts, { cause: error });
  }
}

/** Some operations answer with a bare word, `OK` and the like. */
const bareWord = /^[\w .-]{0,40}$/;

function parseJson(body: Buffer, name: RequestName, baseUrl: string): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (bareWord.test(text)) return text;
    const message = `MAAS at ${baseUrl} answered ${name.text} with something that is not JSON; check what stands between us and MAAS`;
    throw new MaasError('protocol', message, noFacts, { cause: error });
  }
}
