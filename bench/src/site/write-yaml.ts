/** What a generated document holds; numbers and flags are written bare, texts so that they stay texts. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

const indentStep = '  ';
/** Words, and addresses and networks as people write them. */
const plainText = /^(?:[A-Za-z/][A-Za-z0-9_./+-]*|\d+\.\d+\.\d+\.\d+(?:\/\d+)?)$/;
/** Texts that YAML 1.1 reads as something else. */
const meaningful = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** A mapping as people write it: block style, empty lists and mappings in brackets, long texts as literal blocks. */
export function writeYaml(mapping: { readonly [key: string]: YamlValue }): string {
  return writeMapping(mapping, '').join('\n');
}

function writeMapping(mapping: { readonly [key: string]: YamlValue }, indent: string): readonly string[] {
  return Object.entries(mapping).flatMap(([key, value]) => writeEntry(`${indent}${scalarText(key)}:`, value, indent));
}

function writeEntry(head: string, value: YamlValue, indent: string): readonly string[] {
  if (typeof value === 'string' && value.includes('\n')) {
    const lines = value.replace(/\n$/, '').split('\n');
    return [`${head} |`, ...lines.map((line) => (line === '' ? '' : `${indent}${indentStep}${line}`))];
  }
  if (typeof value !== 'object' || value === null) return [`${head} ${scalarText(value)}`];
  if (isList(value)) return value.length === 0 ? [`${head} []`] : [head, ...writeList(value, `${indent}${indentStep}`)];
  return Object.keys(value).length === 0 ? [`${head} {}`] : [head, ...writeMapping(value, `${indent}${indentStep}`)];
}

function writeList(items: readonly YamlValue[], indent: string): readonly string[] {
  return items.flatMap((item) => {
    if (typeof item !== 'object' || item === null || isList(item)) return writeEntry(`${indent}-`, item, indent);
    const [first = '', ...rest] = writeMapping(item, `${indent}${indentStep}`);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

function scalarText(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return plainText.test(value) && !meaningful.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
