import type { ValidationRule } from '../validation-rule.js';
import { checkOobAccess } from './oob-access.js';

export const oobIpmi: ValidationRule = {
  id: 'oob.ipmi',
  code: 'DD4001',
  title: 'Valid IPMI Configuration',
  check: (design, report) => checkOobAccess(design, { type: 'ipmi', level: 'error' }, report),
};
