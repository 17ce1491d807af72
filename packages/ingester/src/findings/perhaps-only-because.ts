/** A sentence that may follow from something that could not be read, and the reason why it may. */
export function perhapsOnlyBecause(sentence: string, reason: string): string {
  return `${sentence} (perhaps only because ${reason})`;
}

/** Why something about a document is not certain. */
export function notAllRead({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `not all of ${kind} "${name}" could be read`;
}
