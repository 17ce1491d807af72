import type { YamlValue } from './write-yaml.js';

/** A document of a generated site, before it is written in one of the formats. */
export interface GeneratedDocument {
  readonly kind: string;
  readonly name: string;
  readonly body: Readonly<Record<string, YamlValue>>;
}
