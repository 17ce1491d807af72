import { clientActions, type ClientAction, DrydockError, isClientAction } from '@drydock/model';

const shownCharacters = 64;

/** @throws DrydockError `unsupported_action`, with the actions that there are */
export function checkAction(value: unknown): ClientAction {
  if (isClientAction(value)) return value;
  throw new DrydockError(
    'unsupported_action',
    `Unsupported action ${shown(value)}; known are ${clientActions.join(', ')}`,
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'None';
  if (typeof value !== 'string') return `(${Array.isArray(value) ? 'an array' : typeof value})`;
  return value.length <= shownCharacters ? value : `${value.slice(0, shownCharacters)}…`;
}
