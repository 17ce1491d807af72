import type { DocumentReference } from '@drydock/model';

/**
 * Which document a text is that cannot be read as YAML: the lines that name it are usually whole. Undefined when they
 * are not, or when it is none of ours.
 */
export function brokenDocumentReference(document: string): DocumentReference | undefined {
  const schema = /^schema:[ \t]*['"]?(drydock\/\w+\/\w+)['"]?[ \t]*$/m.exec(document)?.[1] ?? nativeSchema(document);
  if (schema === undefined) return undefined;
  const name = /^metadata:[ \t]*(?:\r?\n[ \t]+\S.*)*?(?:\r?\n[ \t]+|\{[ \t]*)name:[ \t]*['"]?([\w.-]+)/m.exec(
    document,
  )?.[1];
  return { schema, name: name ?? 'Unknown' };
}

function nativeSchema(document: string): string | undefined {
  const version = /^apiVersion:[ \t]*['"]?drydock\/(\w+)['"]?[ \t]*$/m.exec(document)?.[1];
  const kind = /^kind:[ \t]*['"]?(\w+)['"]?[ \t]*$/m.exec(document)?.[1];
  return version === undefined || kind === undefined ? undefined : `drydock/${kind}/v1`;
}
