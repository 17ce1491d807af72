import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEffects, type ScriptedEffect } from '@drydock/scripted-driver';
import { endOfTask } from '../site/end-of-task.js';
import { runSite, type Site } from '../site/run-site.js';
import { scriptedDesign } from '../site/scripted-design.js';
import { until } from '../site/until.js';
import { whatIsHeld } from '../site/what-is-held.js';
import { openEffectIds } from '../site/who-acts.js';
import { checkEffects } from './check-effects.js';
import { type Backend, type LossScenario, lossScenarios } from './loss-scenarios.js';
import { testKilledApi, testLostRings } from './lost-rings.js';
import { dwellingStep, effectVerbs, slowScript } from './slow-script.js';

const nodesPerTask = 12;
/** Of a blow; all steps have begun by then, and none is at its last verb. */
const effectsBefore = 14;
const siteSeconds = 60;
const taskSeconds = 60;

/** Runs the scenarios of one queue backend, all on one site: what one breaks must be whole for the next. */
export function describeLoss(backend: Backend): void {
  describe(`with its queue on ${backend}`, () => {
    let site: Site;
    beforeAll(async () => {
      site = await runSite({ backend, script: slowScript });
    }, siteSeconds * 1000);
    afterAll(() => site?.close(), siteSeconds * 1000);

    testLostRings(() => site);
    if (backend === 'redis') testKilledApi(() => site);

    const scenarios = lossScenarios.filter(({ backends }) => backends.includes(backend));
    test.each(scenarios.map((scenario, index) => ({ ...scenario, index })))(
      'a task survives $name',
      async (scenario) => {
        const nodes = nodeNames(scenario, scenario.index);
        const designRef = await site.writeDesign(`loss-${scenario.index}`, scriptedDesign(nodes));
        const effects = async () => effectsOn(await readEffects(site.effectsFile), nodes);
        const before = (await effects()).length;
        const { task_id: taskId } = await site.client.createTask({ action: scenario.action, designRef });
        const isMiddle = async () => (await effects()).length >= before + effectsBefore;
        if (!scenario.whileDwelling) await until('the task is in its middle', isMiddle);
        const victims = await scenario.victims(site, taskId);
        if (!scenario.whileDwelling) await until('nobody is about to act', () => stopAtRest(site, victims));
        const struckAt = performance.now();
        await scenario.blow(site, victims);
        resume(victims);
        const task = await endOfTask(site, taskId, taskSeconds);
        tell(backend, scenario.name, performance.now() - struckAt);
        expect(task.result).toMatchObject({ status: 'success', successes: nodes, failures: [] });
        expect(checkEffects(await effects(), { nodes, verbs: effectVerbs[scenario.action] })).toEqual([]);
        expect(await whatIsHeld(site)).toEqual([]);
        await until('all processes run again', () =>
          [...site.drydock.processes.byName.values()].every(({ pid }) => pid),
        );
      },
      (taskSeconds + 30) * 1000,
    );
  });
}

function nodeNames({ whileDwelling }: LossScenario, index: number): readonly string[] {
  const count = whileDwelling ? nodesPerTask - 1 : nodesPerTask;
  const names = Array.from({ length: count }, (_, number) => `s${index}-n${String(number + 1).padStart(2, '0')}`);
  return whileDwelling ? [dwellingStep.node, ...names] : names;
}

function effectsOn(effects: readonly ScriptedEffect[], nodes: readonly string[]): readonly ScriptedEffect[] {
  return effects.filter(({ node }) => node !== null && nodes.includes(node));
}

/**
 * Stops the victims at a moment when no effect is announced and not done: a call that dies in between costs the settle
 * time of its verb, up to 300 s. Scenarios that are not about that keep clear of it.
 */
async function stopAtRest(site: Site, victims: readonly number[]): Promise<boolean> {
  for (const pid of victims) process.kill(pid, 'SIGSTOP');
  const [open, effects] = await Promise.all([openEffectIds(site), readEffects(site.effectsFile)]);
  const done = new Set(effects.map(({ id }) => id));
  const isAtRest = open.every((id) => done.has(id));
  if (!isAtRest) resume(victims);
  return isAtRest;
}

/** A victim that the blow has killed is gone. */
function resume(victims: readonly number[]): void {
  for (const pid of victims) {
    try {
      process.kill(pid, 'SIGCONT');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function tell(backend: Backend, name: string, milliseconds: number): void {
  process.stderr.write(`${backend}: ended ${(milliseconds / 1000).toFixed(1)} s after ${name}\n`);
}
