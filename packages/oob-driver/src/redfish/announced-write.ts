import { isDrydockError, type Effect, type Progress, type StepContext } from '@drydock/model';
import { answerMeaning, answerText, type AnswerMeaning } from './answer-meaning.js';
import { wasNeverSent, type BmcAnswer } from './bmc-transport.js';
import type { RedfishSession } from './redfish-session.js';

export interface AnnouncedWrite {
  readonly effect: Effect;
  readonly method: 'POST' | 'PATCH';
  readonly link: string;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the step remembers until the effect is settled, and when it was refused. */
  readonly before: Progress;
  /** What it remembers when the BMC has accepted. */
  readonly after: (taskLink: string | null) => Progress;
}

export interface WriteAnswer {
  readonly meaning: AnswerMeaning;
  readonly text: string;
  readonly taskLink: string | null;
}

/**
 * One intent, one request, one settlement. An unclear answer leaves the intent open: the next call reads the machine.
 * @throws DrydockError `bmc_unavailable` when the request never left (settled as not done)
 */
export async function announcedWrite(
  session: RedfishSession,
  context: StepContext,
  write: AnnouncedWrite,
): Promise<WriteAnswer> {
  const written = await writeOnce(session, context, write);
  if (written.status !== 401 || !(await session.renew())) return written;
  return writeOnce(session, context, write);
}

async function writeOnce(
  session: RedfishSession,
  context: StepContext,
  write: AnnouncedWrite,
): Promise<WriteAnswer & { readonly status: number }> {
  const { effect, before, method, link, json, headers = {} } = write;
  const { sendBefore } = await context.intend(effect, before);
  let answer: BmcAnswer;
  try {
    answer = await session.send({ method, link, json, headers, sendBefore });
  } catch (error) {
    if (wasNeverSent(error)) await context.settle(effect, 'not_done', before);
    if (wasNeverSent(error) || !isDrydockError(error, 'bmc_unavailable')) throw error;
    return { meaning: 'unclear', text: error.message, taskLink: null, status: 0 };
  }
  const meaning = answerMeaning(answer);
  const taskLink = answer.status === 202 ? (answer.headers['location'] ?? null) : null;
  if (meaning === 'accepted') await context.settle(effect, 'done', write.after(taskLink));
  else if (meaning !== 'unclear') await context.settle(effect, 'refused', before);
  return { meaning, text: answerText(answer), taskLink, status: answer.status };
}
