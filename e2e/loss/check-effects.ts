import type { ScriptedEffect } from '@drydock/scripted-driver';

export interface ExpectedEffects {
  readonly nodes: readonly string[];
  readonly verbs: readonly string[];
  /** Attempts of each node and verb, from 0. Default 1. */
  readonly attempts?: number;
}

/** What is wrong with a log of effects: each node, verb and attempt must have had exactly one, and no other any. */
export function checkEffects(effects: readonly ScriptedEffect[], expected: ExpectedEffects): readonly string[] {
  const counts = new Map<string, number>();
  for (const effect of effects) {
    const name = nameOf(effect.node, effect.verb, effect.attempt);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const wanted = new Set(expectedNames(expected));
  const missing = [...wanted].filter((name) => !counts.has(name)).map((name) => `${name}: no effect`);
  const doubled = [...counts].filter(([, count]) => count > 1).map(([name, count]) => `${name}: ${count} effects`);
  const foreign = [...counts.keys()].filter((name) => !wanted.has(name)).map((name) => `${name}: nobody asked for it`);
  return [...missing, ...doubled, ...foreign];
}

function expectedNames({ nodes, verbs, attempts = 1 }: ExpectedEffects): readonly string[] {
  const numbers = Array.from({ length: attempts }, (_, attempt) => attempt);
  return nodes.flatMap((node) => verbs.flatMap((verb) => numbers.map((attempt) => nameOf(node, verb, attempt))));
}

function nameOf(node: string | null, verb: string, attempt: number): string {
  return `${node ?? 'site'} ${verb} attempt ${attempt}`;
}
