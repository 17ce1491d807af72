import type { CompiledNode, CompiledSite } from '@drydock/model';
import { type ClaimedStep, type Database, readNewestBuildData, readSite, type SecretBox } from '@drydock/model/db';
import { readDeviceNames, materialNeedsOf, type StepMaterial } from '@drydock/orchestrator';

/** The site's part of a snapshot never changes: a few are kept. */
const keptSites = 4;

/** Loads what a verb needs of the snapshot, and nothing more. Secrets are opened for this call only. */
export class MaterialLoader {
  private readonly sites = new Map<string, Promise<CompiledSite | null>>();

  constructor(
    private readonly db: Database,
    private readonly secretBox: SecretBox,
  ) {}

  async load(step: ClaimedStep): Promise<StepMaterial> {
    const needs = materialNeedsOf(step.verb, step.node);
    const hash = step.snapshotHash;
    const [site, deviceNames] = await Promise.all([
      needs.needsSite && hash !== null ? this.site(hash) : null,
      needs.needsDeviceNames && step.node !== null ? this.deviceNames(step.node) : null,
    ]);
    const secrets = needs.needsCredential ? this.secrets(step) : new Map<string, string>();
    return { site, node: step.node, deviceNames, secrets };
  }

  private async site(hash: string): Promise<CompiledSite | null> {
    const known = this.sites.get(hash);
    if (known) return await known;
    const loading = readSite(this.db, hash);
    this.sites.set(hash, loading);
    const oldest = this.sites.keys().next().value;
    if (this.sites.size > keptSites && oldest !== undefined) this.sites.delete(oldest);
    try {
      return await loading;
    } catch (error) {
      this.sites.delete(hash);
      throw error;
    }
  }

  private async deviceNames(node: CompiledNode): Promise<StepMaterial['deviceNames']> {
    const inventory = await readNewestBuildData(this.db, node.name, 'lshw');
    return inventory === null ? null : readDeviceNames(inventory, node.deviceAliases);
  }

  private secrets(step: ClaimedStep): ReadonlyMap<string, string> {
    return new Map(
      step.sealedSecrets.map(({ path, base64 }) => [path, this.secretBox.open(Buffer.from(base64, 'base64'))]),
    );
  }
}
