import type { DocumentReference } from '@drydock/model';
import { secretWord } from './secret-word.js';

/** Stands where something is left out. */
export const hidden = '[not shown]';

/** What follows a word for a secret where its separator is damaged; one that is whole has a space behind it. */
const swallowed = new RegExp(`(${secretWord})(?::|\\s*[;=]\\s*)[^\\s"]+`, 'gi');

const secretName = new RegExp(secretWord, 'i');

/** An absolute path may have an at sign: systemd names template units so. */
const path = /^\/[^/:][^:]*$/;

/** The field or parameter of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A text that somebody meant for something else may be a URL, or have swallowed one, and that the user info of somebody. */
export function mayHoldUserInfo(text: string): boolean {
  return (text.includes('@') || text.includes('://')) && !path.test(text);
}

/**
 * A sentence about a design for people to read, without what may be a secret in it. Whoever quotes a value from where
 * secrets stand leaves it out by himself; this is for the names and values of everywhere else, one of which may have
 * swallowed its neighbour.
 */
export function hideSecrets(sentence: string): string {
  const named = sentence.replace(swallowed, `$1 ${hidden}`);
  return named.includes('@')
    ? named
        .split(/(\s+|")/)
        .map(hideUserInfo)
        .join('')
    : named;
}

/** The reference to a document as findings show it: its name may be what somebody meant for something else. */
export function shownReference({ schema, name }: DocumentReference): DocumentReference {
  return { schema, name: mayHoldUserInfo(name) ? hidden : hideSecrets(name) };
}

function hideUserInfo(word: string): string {
  return mayHoldUserInfo(word) ? hidden : word;
}
