import type { BmcAnswer } from './bmc-transport.js';

/** What an answer to a request says about its effect. `unclear`: it may have happened. */
export type AnswerMeaning = 'accepted' | 'busy' | 'unsupported' | 'authentication' | 'precondition' | 'unclear';

interface Quirk {
  readonly says: RegExp;
  readonly meaning: AnswerMeaning;
  readonly whose: string;
}

/** By the last part of a message id (reference 04 §11, DMTF base registry); the first that matches counts, before any status. */
const quirks: readonly Quirk[] = [
  { says: /^SYS518$/, meaning: 'busy', whose: 'Dell iDRAC, while the machine is in POST' },
  { says: /^ActionParameterValueConflict$/, meaning: 'busy', whose: 'Dell iDRAC 10, to On' },
  { says: /^InvalidOperationForSystemState$/, meaning: 'busy', whose: 'HPE iLO' },
  { says: /^UnauthorizedLoginAttempt$/, meaning: 'authentication', whose: 'HPE iLO, with status 400' },
  { says: /^SessionLimitExceeded$/, meaning: 'busy', whose: 'DMTF base' },
  {
    says: /^(ServiceInUnknownState|ServiceTemporarilyUnavailable|ResourceInUse|ResourceInStandby)$/,
    meaning: 'busy',
    whose: 'DMTF base',
  },
  { says: /^(NoValidSession|InsufficientPrivilege|AccessDenied)$/, meaning: 'authentication', whose: 'DMTF base' },
  { says: /^(PreconditionFailed|PreconditionRequired)$/, meaning: 'precondition', whose: 'DMTF base' },
  {
    says: /^(Action|Property)\w*(NotSupported|NotWritable|NotInList|Unknown)$/,
    meaning: 'unsupported',
    whose: 'DMTF base',
  },
];

const meaningOfStatus: Readonly<Record<number, AnswerMeaning>> = {
  200: 'accepted',
  201: 'accepted',
  202: 'accepted',
  204: 'accepted',
  401: 'authentication',
  403: 'authentication',
  409: 'busy',
  412: 'precondition',
  423: 'busy',
  428: 'precondition',
  429: 'busy',
};

export function answerMeaning(answer: BmcAnswer): AnswerMeaning {
  if (answer.status < 400) return meaningOfStatus[answer.status] ?? 'unsupported';
  const ids = messages(answer.body).map((message) => message.id.split('.').at(-1) ?? '');
  const quirk = quirks.find(({ says }) => ids.some((id) => says.test(id)));
  return quirk?.meaning ?? meaningOfStatus[answer.status] ?? (answer.status >= 500 ? 'unclear' : 'unsupported');
}

/** Status and what the BMC says about it, short enough for a message. */
export function answerText(answer: BmcAnswer): string {
  const said = messages(answer.body)
    .map((message) => message.text || message.id)
    .join(' ')
    .slice(0, 300);
  return said === '' ? `status ${answer.status}` : `status ${answer.status}, "${said}"`;
}

interface BmcMessage {
  readonly id: string;
  readonly text: string;
}

function messages(body: unknown): readonly BmcMessage[] {
  const error = fieldOf(body, 'error');
  const extended = fieldOf(error, '@Message.ExtendedInfo') ?? [];
  const infos = Array.isArray(extended) ? (extended as unknown[]) : [extended];
  const found = infos.map((info) => ({ id: textOf(info, 'MessageId'), text: textOf(info, 'Message') }));
  return found.length > 0 ? found : [{ id: textOf(error, 'code'), text: textOf(error, 'message') }];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown, name: string): string {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : '';
}
