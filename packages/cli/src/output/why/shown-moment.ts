const moment = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d+\+00:00$/;

/** A moment of the API in whole seconds. */
export function shownMoment(text: string): string {
  const [, seconds] = moment.exec(text) ?? [];
  return seconds === undefined ? text : `${seconds} UTC`;
}
