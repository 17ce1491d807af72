export { readEndedTask, type EndedTaskRow } from './read-ended-task.js';
export { readStand, type StandCount, type StandRow } from './read-stand.js';
