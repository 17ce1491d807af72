const mostEdits = 2;

/** The word that was probably meant: the one with the fewest edits, two at most; null when there is none. */
export function closestWord<W extends string>(text: string, words: readonly W[]): W | null {
  let closest: W | null = null;
  let fewest = mostEdits + 1;
  for (const word of words) {
    if (Math.abs(word.length - text.length) > mostEdits || word.length <= mostEdits) continue;
    const edits = countEdits(text, word);
    if (edits < fewest) [closest, fewest] = [word, edits];
  }
  return closest;
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function countEdits(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const isSame = left[i - 1] === right[j - 1];
      let edits = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        edits = Math.min(edits, (beforePrevious[j - 2] ?? edits) + 1);
      }
      current.push(edits);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[right.length] ?? 0;
}
