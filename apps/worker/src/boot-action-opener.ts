import { createHash, randomBytes } from 'node:crypto';
import { type CompiledNode, type CompiledSite, encodeUlid, type ReportedBootAction } from '@drydock/model';
import { type ClaimedStep, type Database, openBootActions, type SecretBox } from '@drydock/model/db';

/** 256 bits, as the header `X-Bootaction-Key` carries them in hex (reference 02 §7.1). */
const keyBytes = 32;
const ulidBytes = 10;

export interface OpenerParts {
  readonly db: Database;
  readonly secretBox: SecretBox;
  /** False: nothing brings boot actions to machines, so none of them can report. */
  readonly isDelivered: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type OpeningStep = Pick<ClaimedStep, 'id' | 'fence' | 'progress'>;

/** Writes down which boot actions a deployment has, before the machine is told to deploy. */
export class BootActionOpener {
  constructor(private readonly parts: OpenerParts) {}

  /**
   * Repeatable: each call for the same step has the same key.
   * @returns the node's key in hex, for the machine; null when it has no boot actions, or none are delivered
   * @throws DrydockError `fence_lost`
   */
  async open(step: OpeningStep, node: CompiledNode, site: CompiledSite): Promise<string | null> {
    const { db, secretBox, isDelivered } = this.parts;
    const isWritten = step.progress !== null;
    if (node.bootActions.length === 0 || (isWritten && !isDelivered)) return null;
    const key = randomBytes(keyBytes);
    const sealed = await openBootActions(
      db,
      { stepId: step.id, fence: step.fence },
      {
        nodeName: node.name,
        keyHash: createHash('sha256').update(key).digest(),
        keySealed: secretBox.seal(key.toString('hex')),
        actions: this.actionsOf(node, site),
      },
    );
    return isDelivered && sealed !== null ? secretBox.open(sealed) : null;
  }

  private actionsOf(node: CompiledNode, site: CompiledSite): readonly ReportedBootAction[] {
    const { isDelivered, now } = this.parts;
    return site.bootActions
      .filter(({ name }) => node.bootActions.includes(name))
      .map(({ name, isSignaling }) => ({
        actionId: encodeUlid(now(), randomBytes(ulidBytes)),
        name,
        status: isDelivered && isSignaling ? 'incomplete' : 'unreported',
      }));
  }
}
