import { quoteText } from '../../parse/shapes/print-scalar.js';
import { aboutBootAction, type ValidationRule } from '../validation-rule.js';

/** A Debian version with its revision, which is mandatory (02 §6.3). */
const version = /^(?:\d+:)?[a-zA-Z0-9.+~-]+-[a-zA-Z0-9.+~]+$/;

export const packageLists: ValidationRule = {
  id: 'boot-action.package-list',
  code: 'DD4002',
  title: 'Bootaction pkg_list Validation',
  check({ site: { bootActions } }, report) {
    for (const { name, assets } of bootActions) {
      assets.forEach((asset, index) => {
        if (asset.type !== 'pkg_list') return;
        const about = { about: aboutBootAction(name), keys: ['assets', index, 'data'] };
        const packages = Object.entries(asset.packages ?? {});
        if (asset.location === null && packages.length === 0) {
          report.error({
            message: `boot action ${name} has a package list without packages`,
            diagnostic: 'add packages to data, or a location',
            ...about,
          });
        }
        for (const [key, wanted] of packages) {
          if (wanted === null || wanted === '' || version.test(wanted)) continue;
          report.error({
            message: `boot action ${name}: ${quoteText(wanted)} is no version of package ${key}`,
            diagnostic: 'write version and revision, for instance 1.2-3, or leave it empty for any',
            ...about,
          });
        }
      });
    }
  },
};
