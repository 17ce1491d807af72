import type { DesignGraph, GraphEdge, GraphVertex } from './design-graph.js';

/** A graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html); one line of text per thing. */
export function renderMermaid({ vertices, edges, racks }: DesignGraph): string {
  const inRack = new Set(racks.flatMap((rack) => rack.vertices));
  const byId = new Map(vertices.map((vertex) => [vertex.id, vertex]));
  return [
    'flowchart LR',
    ...racks.flatMap((rack) => [
      `  subgraph ${rack.id}["${text(rack.label)}"]`,
      ...rack.vertices.flatMap((id) => byId.get(id) ?? []).map((vertex) => `  ${drawn(vertex)}`),
      '  end',
    ]),
    ...vertices.filter(({ id }) => !inRack.has(id)).map(drawn),
    ...edges.map(
      ({ from, to, label, kind }) => `  ${from} ${arrows[kind]}${label === '' ? '' : `|"${text([label])}"|`} ${to}`,
    ),
    '',
  ].join('\n');
}

const brackets: Readonly<Record<GraphVertex['kind'], readonly [open: string, close: string]>> = {
  nodes: ['[', ']'],
  link: ['{{', '}}'],
  network: ['([', '])'],
};

const arrows: Readonly<Record<GraphEdge['kind'], string>> = {
  attached: '---',
  native: '===',
  tagged: '---',
  oob: '-.-',
};

function drawn({ id, kind, label }: GraphVertex): string {
  const [open, close] = brackets[kind];
  return `  ${id}${open}"${text(label)}"${close}`;
}

/** Names may hold anything; every character with a meaning in Mermaid or HTML becomes its entity code. */
function text(lines: readonly string[]): string {
  return lines
    .map((line) => line.replaceAll(/[^\p{L}\p{N} .,:/_()…-]/gu, (character) => `#${character.codePointAt(0)};`))
    .join('<br/>');
}
