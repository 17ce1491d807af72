import type { NodeDriver, StatusNote, StepContext, StepOutcome } from '@drydock/model';
import { driverSetting } from './driver-setting.js';
import { Refusal } from './refusal.js';
import { checkDevices } from './resolve-devices.js';
import { requiredNode } from './required-material.js';
import type { StepCall } from './step-call.js';
import type { StepMaterial } from './step-material.js';
import { withNotes } from './with-notes.js';

type NodeVerb = Exclude<keyof NodeDriver, 'name'>;
type Inputs = { [V in NodeVerb]: Parameters<NodeDriver[V]>[0] };
type Methods = { [V in NodeVerb]: (input: Inputs[V], context: StepContext) => Promise<StepOutcome> };

/** How to compute what the driver is told. */
export interface NodeCallInput<Input> {
  readonly input: (material: StepMaterial) => Input | Refusal;
  /** The devices, as the design names them, that the step uses. */
  readonly devices?: (material: StepMaterial) => readonly string[];
  /** What the user should know of how the design was read. */
  readonly remarks?: (material: StepMaterial) => readonly StatusNote[];
}

/** A verb of the provisioner's driver. */
export function askNodeDriver<V extends NodeVerb>(
  verb: V,
  { input, devices, remarks }: NodeCallInput<Inputs[V]>,
): StepCall {
  return async (drivers, material, context) => {
    if (!drivers.node) return noNodeDriver(verb, material);
    const notes = devices ? checkDevices(requiredNode(verb, material), material.deviceNames, devices(material)) : [];
    if (notes instanceof Refusal) return notes;
    const computed = input(material);
    if (computed instanceof Refusal) return computed;
    const methods: Methods = drivers.node;
    const outcome = await methods[verb](computed, context);
    return context.progress === null ? withNotes(outcome, [...notes, ...(remarks?.(material) ?? [])]) : outcome;
  };
}

function noNodeDriver(verb: NodeVerb, material: StepMaterial): Refusal {
  const target = material.node ? `node ${material.node.name}` : 'the site';
  return new Refusal(
    'unsupported',
    `the worker has no node driver, so ${verb} of ${target} cannot be done; set ${driverSetting}`,
  );
}
