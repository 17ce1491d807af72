import { errorText } from '../error-text.js';
import type { DatabaseSetting } from './database-setting.js';

/** Of connecting (Node), and SQL states of class 08, 28 and 3D and of a server that takes nobody. */
const connecting = /^(E[A-Z_]+|(08|28|3D)...|57P03|53300)$/;

/** A failure of the database as an error that says which database it is and which variable names it. */
export function databaseFailure(error: unknown, { variable, place }: DatabaseSetting): Error {
  const action = connecting.test(codeOf(error)) ? `; start it, or correct ${variable}` : '';
  return new Error(`the database of ${variable} (${place}): ${errorText(error)}${action}`, { cause: error });
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}
