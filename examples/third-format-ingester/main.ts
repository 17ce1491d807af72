import { readFile } from 'node:fs/promises';
import { chooseTranslators, compileDesign, documentTranslators } from '@drydock/ingester';
import { hostListTranslator } from './host-list-translator.js';

/** `npx tsx --conditions=drydock-source main.ts`: what Drydock makes of site.yaml with a third format. */
const file = new URL('site.yaml', import.meta.url);
const translators = chooseTranslators([], [...documentTranslators, hostListTranslator]);
const { design, findings } = compileDesign(await readFile(file), 'site.yaml', { translators });

for (const node of design?.nodes ?? []) {
  const addresses = node.addressing.map(({ network, address, type }) => `${network} ${address ?? type}`).join(', ');
  process.stdout.write(`${node.name}.${node.domain} in rack ${node.rack}, ${addresses}\n`);
}
for (const { level, rule, message, place } of findings) {
  if (level !== 'info') process.stdout.write(`${level} ${rule} line ${place?.line}: ${message}\n`);
}
