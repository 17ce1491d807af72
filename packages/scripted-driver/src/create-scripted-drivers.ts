import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  verbs,
  type BulkObserver,
  type DriverKind,
  type DriverMethod,
  type KubernetesDriver,
  type NodeDriver,
  type OobDriver,
  type Verb,
} from '@drydock/model';
import { createEffectsLog, type ScriptedEffect } from './effects-log.js';
import type { Script } from './script.js';
import { createScriptedObserver } from './scripted-observer.js';
import { scriptedMethod, type ScriptedCall, type ScriptedWorld } from './scripted-method.js';

export interface ScriptedDrivers {
  readonly node: NodeDriver;
  /** For every type of BMC that a design may name. */
  readonly oob: OobDriver;
  readonly kubernetes: KubernetesDriver;
  readonly observer: BulkObserver;
  /** Every call so far in this process, in order. */
  calls(): readonly ScriptedCall[];
  /** Every effect of this process, in order; `readEffects(file)` has those of all processes. */
  effects(): readonly ScriptedEffect[];
}

export interface ScriptedSurroundings {
  /** Wall clock, milliseconds. */
  readonly now?: () => number;
  readonly createId?: () => string;
  /** Rejects when the signal aborts. */
  readonly delay?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

type VerbOf<Kind extends DriverKind> = {
  [V in Verb]: (typeof verbs)[V]['driver'] extends Kind ? V : never;
}[Verb];

/** Drivers that answer from a table; see the README for its keys. */
export function createScriptedDrivers(script: Script, surroundings: ScriptedSurroundings = {}): ScriptedDrivers {
  const name = script.name ?? 'default';
  const world: ScriptedWorld = {
    script,
    source: `scripted:${name}`,
    effects: createEffectsLog(script.effectsFile),
    calls: [],
    thrown: new Map(),
    now: Date.now,
    createId: randomUUID,
    delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    ...surroundings,
  };
  return {
    node: { name, ...methodsOf('node', world) },
    oob: { types: ['ipmi', 'redfish', 'libvirt', 'manual', 'scripted'], ...methodsOf('oob', world) },
    kubernetes: methodsOf('kubernetes', world),
    observer: createScriptedObserver(world.source, world.now),
    calls: () => [...world.calls],
    effects: () => world.effects.inMemory(),
  };
}

function methodsOf<Kind extends DriverKind>(
  kind: Kind,
  world: ScriptedWorld,
): Record<VerbOf<Kind>, DriverMethod<unknown>> {
  const methods = (Object.keys(verbs) as Verb[])
    .filter((verb) => verbs[verb].driver === kind)
    .map((verb) => [verb, scriptedMethod(verb, world)]);
  return Object.fromEntries(methods) as Record<VerbOf<Kind>, DriverMethod<unknown>>;
}
