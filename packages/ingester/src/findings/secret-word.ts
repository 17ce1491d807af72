const words = [
  'credential',
  'passw(?:or)?d',
  'passphrase',
  'pass(?![a-z])',
  'pwd',
  'secret',
  'token',
  'api[_-]?key',
  'private[_-]?key',
];

/** Source of a regular expression, to be matched in any case, of the words that name a secret. */
export const secretWord = `(?:(?:${words.join('|')})s?)`;
