import type { ValidationRule } from '../validation-rule.js';
import { checkOobAccess } from './oob-access.js';

/** The original checked IPMI and libvirt only, and failed later (02 §6.3). */
export const oobRedfish: ValidationRule = {
  id: 'oob.redfish',
  code: 'DD4001',
  title: 'Valid Redfish Configuration',
  passed: 'every Redfish node can be reached',
  check: (design, report) => checkOobAccess(design, 'redfish', report),
};
