import type { CompiledDesign } from '@drydock/model';
import type { DocumentKind } from '../parse/kinds/document-kinds.js';

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
}

export interface RuleReport {
  error(problem: RuleProblem): void;
  warning(problem: RuleProblem): void;
}

/** One check of a compiled design; pure, in linear time. */
export interface ValidationRule {
  /** Unique, for instance `storage.partitioning`. */
  readonly id: string;
  /** The original's code, which several rules may share (reference 02 §6.2). */
  readonly code: string;
  /** Begins every message of the rule. */
  readonly title: string;
  /** Said when the rule found no error. */
  readonly passed: string;
  check(design: CompiledDesign, report: RuleReport): void;
}

export const aboutNode = (name: string): readonly Subject[] => [{ kind: 'BaremetalNode', name }];
export const aboutNetwork = (name: string): readonly Subject[] => [{ kind: 'Network', name }];
export const aboutLink = (name: string): readonly Subject[] => [{ kind: 'NetworkLink', name }];
export const aboutBootAction = (name: string): readonly Subject[] => [{ kind: 'BootAction', name }];
