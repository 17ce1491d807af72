import type { CompiledDesign } from '@drydock/model';
import type { DocumentKind } from '../parse/kinds/document-kinds.js';
import type { DesignFacts } from './design-facts.js';

/** A document that a rule speaks about. */
export interface Subject {
  readonly kind: DocumentKind;
  readonly name: string;
}

export interface RuleProblem {
  readonly message: string;
  /** What to do about it. */
  readonly diagnostic: string;
  /** The first one is where the finding points. */
  readonly about?: readonly Subject[];
  /** The field of the first subject. */
  readonly keys?: readonly (string | number)[];
  /** Fields of the first subject's body of which the problem speaks, where they are not the first of `keys`. */
  readonly fields?: readonly string[];
}

export interface RuleReport {
  /** The original refused this, or crashed on it. */
  error(problem: RuleProblem): void;
  warning(problem: RuleProblem): void;
  /**
   * A mistake that the original let pass, so designs that work may have it: a warning, and an error for who asks for
   * strictness.
   */
  advice(problem: RuleProblem): void;
}

/** One check of a compiled design; pure, in linear time. */
export interface ValidationRule {
  /** Unique, for instance `storage.partitioning`; names its page in docs/rules. */
  readonly id: string;
  /** The original's code, which several rules may share (reference 02 §6.2); of our own rules a code of their own. */
  readonly code: string;
  /** Begins every message of the rule. */
  readonly title: string;
  check(design: CompiledDesign, report: RuleReport, facts: DesignFacts): void;
}

export const aboutNode = (name: string): readonly Subject[] => [{ kind: 'BaremetalNode', name }];
export const aboutNetwork = (name: string): readonly Subject[] => [{ kind: 'Network', name }];
export const aboutLink = (name: string): readonly Subject[] => [{ kind: 'NetworkLink', name }];
export const aboutBootAction = (name: string): readonly Subject[] => [{ kind: 'BootAction', name }];
