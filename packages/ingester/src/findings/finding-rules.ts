/** Everything that parsing and compiling can say, with the code that clients of the original know or the nearest to it. */
export const findingRules = {
  'document.encoding': { code: 'DD000', level: 'error' },
  'document.syntax': { code: 'DD000', level: 'error' },
  'document.shape': { code: 'DD000', level: 'error' },
  'document.empty': { code: 'DD000', level: 'warning' },
  'document.kind': { code: 'DD000', level: 'error' },
  'document.version': { code: 'DD000', level: 'warning' },
  'document.name': { code: 'DD000', level: 'error' },
  'document.value': { code: 'DD000', level: 'error' },
  'document.schema': { code: 'DD001', level: 'error' },
  'document.advice': { code: 'DD001', level: 'warning' },
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
