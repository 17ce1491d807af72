/**
 * Everything that parsing and compiling can say, each with a page in `docs/rules`; with the code that clients of the
 * original know or the nearest to it, and the level that it has unless the finding says otherwise.
 */
export const findingRules = {
  'document.encoding': { code: 'DD000', level: 'error' },
  'document.syntax': { code: 'DD000', level: 'error' },
  'document.limit': { code: 'DD000', level: 'error' },
  'document.shape': { code: 'DD000', level: 'error' },
  'document.empty': { code: 'DD000', level: 'warning' },
  'document.kind': { code: 'DD000', level: 'error' },
  'document.version': { code: 'DD000', level: 'warning' },
  'document.type': { code: 'DD001', level: 'error' },
  'document.unknown-key': { code: 'DD001', level: 'error' },
  'document.choice': { code: 'DD001', level: 'error' },
  'document.required': { code: 'DD000', level: 'error' },
  'document.format': { code: 'DD001', level: 'error' },
  'document.value': { code: 'DD000', level: 'error' },
  'document.ignored': { code: 'DD001', level: 'warning' },
  'document.duplicate-key': { code: 'DD0002', level: 'warning' },
  'document.duplicate': { code: 'DD0003', level: 'error' },
  'document.region': { code: 'DD0003', level: 'warning' },
  'compile.parent': { code: 'DD0004', level: 'error' },
  'compile.hardware-profile': { code: 'DD0004', level: 'error' },
  'compile.kernel-parameters': { code: 'DD0004', level: 'error' },
  'compile.primary-network': { code: 'DD0004', level: 'warning' },
  'compile.value': { code: 'DD0005', level: 'error' },
  internal: { code: 'DD0000', level: 'error' },
} as const satisfies Record<string, { readonly code: string; readonly level: 'error' | 'warning' }>;

export type FindingRule = keyof typeof findingRules;
