import type { ValidationRule } from '../validation-rule.js';
import { checkOobAccess } from './oob-access.js';

/** The original checked IPMI and libvirt only, and failed when it first called the BMC (02 §6.3). */
export const oobRedfish: ValidationRule = {
  id: 'oob.redfish',
  code: 'DD4003',
  title: 'Valid Redfish Configuration',
  check: (design, report) => checkOobAccess(design, { type: 'redfish', level: 'advice' }, report),
};
