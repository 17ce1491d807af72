import { expect, test } from '@jest/globals';
import { answerMeaning, answerText } from './answer-meaning.js';

const withId = (MessageId: string) => ({ error: { '@Message.ExtendedInfo': { MessageId, Message: 'words' } } });

test.each([
  [200, null, 'accepted'],
  [202, null, 'accepted'],
  [204, null, 'accepted'],
  [302, null, 'unsupported'],
  [400, null, 'unsupported'],
  [400, withId('iLO.2.8.UnauthorizedLoginAttempt'), 'authentication'],
  [400, withId('Base.1.0.ActionParameterNotSupported'), 'unsupported'],
  [401, null, 'authentication'],
  [409, null, 'busy'],
  [412, null, 'precondition'],
  [428, withId('Base.1.8.PreconditionRequired'), 'precondition'],
  [500, null, 'unclear'],
  [503, null, 'unclear'],
  [503, withId('Base.1.8.ServiceTemporarilyUnavailable'), 'busy'],
])('status %i with %j means %s', (status, body, meaning) => {
  expect(answerMeaning({ status, body, headers: {} })).toBe(meaning);
});

test('a message says the status and the words of the BMC', () => {
  expect(answerText({ status: 400, body: withId('x.y'), headers: {} })).toBe('status 400, "words"');
  expect(answerText({ status: 500, body: null, headers: {} })).toBe('status 500');
});
