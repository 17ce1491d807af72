import type { NodeInput, StepOutcome } from '@drydock/model';
import { findMachine } from '../find/find-machine.js';
import { done, failed, notesOf, type StepCall } from './step-call.js';

/** Answers whether MAAS knows the node. "Not there" is `absent`; "could not find out" is thrown. */
export async function lookForNode(input: NodeInput, call: StepCall): Promise<StepOutcome> {
  const found = await findMachine(call.region, input.node, call.context.signal);
  switch (found.kind) {
    case 'machine':
      return done(
        call,
        `MAAS knows node ${input.node.name} as machine ${found.machine.system_id} (${found.machine.status_name})`,
      );
    case 'rack':
      return done(call, `node ${input.node.name} is the rack controller ${found.hostname}`);
    case 'ambiguous':
      return failed(call, 'ambiguous', found.reason);
    case 'none':
      call.notes.info(`MAAS does not know node ${input.node.name} yet`);
      return { kind: 'absent', notes: notesOf(call) };
  }
}
