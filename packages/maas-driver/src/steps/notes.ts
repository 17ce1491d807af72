import type { StatusNote } from '@drydock/model';

/** Collects what the user must read. */
export interface Notes {
  info(text: string): void;
  error(text: string): void;
  /** The same list, about another thing. */
  about(contextType: string, context: string): Notes;
  readonly all: readonly StatusNote[];
}

export function createNotes(contextType: string, context: string, all: StatusNote[] = []): Notes {
  const add = (text: string, isError: boolean): void => {
    all.push({ text, isError, contextType, context });
  };
  return {
    info: (text) => add(text, false),
    error: (text) => add(text, true),
    about: (otherType, other) => createNotes(otherType, other, all),
    all,
  };
}
