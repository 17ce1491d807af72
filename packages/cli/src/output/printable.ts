/** Control characters, which could move the cursor of the terminal that they are printed on. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f]+/g;

/** A text from elsewhere in one line. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ');
}
