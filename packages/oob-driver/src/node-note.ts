import type { StatusNote } from '@drydock/model';

export function nodeNote(nodeName: string, text: string): StatusNote {
  return { text, isError: false, contextType: 'node', context: nodeName };
}
