import type { ValidationRule } from '../../src/validate/validation-rule.js';

/** A small site, and what one rule says about it. */
export interface RuleCase {
  /** Reads as the end of "a rule finds …" or "a rule accepts …". */
  readonly name: string;
  /** Documents. A comment `# @mark` marks the line that a finding `@mark` points at. */
  readonly site: readonly string[];
  /**
   * `level @mark [documents] message` without the rule's title. Level `advice` is a warning by default and an error
   * when strict; mark `-` is no place. Empty: the rule finds nothing.
   */
  readonly says: readonly string[];
}

export interface RuleCases {
  readonly rule: ValidationRule;
  readonly code: string;
  readonly title: string;
  readonly cases: readonly RuleCase[];
}
