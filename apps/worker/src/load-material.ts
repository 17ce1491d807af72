import type { CompiledNode, CompiledSite } from '@drydock/model';
import {
  type ClaimedStep,
  type Database,
  type NodeMaterial,
  type NodePlace,
  readNewestBuildData,
  readNodeMaterial,
  readReports,
  readSite,
  type SecretBox,
} from '@drydock/model/db';
import { readDeviceNames, type MaterialNeeds, materialNeedsOf, type StepMaterial } from '@drydock/orchestrator';
import type { BootActionOpener, OpeningStep } from './boot-action-opener.js';
import { GatheredReads } from './gathered-reads.js';
import { KeptReads } from './kept-reads.js';

/** A snapshot never changes: what was read of it lately is kept. */
const keptSites = 4;
const keptNodes = 1000;

type StepOfSnapshot = Pick<ClaimedStep, 'verb' | 'nodeName' | 'snapshotHash'>;
type LoadedStep = StepOfSnapshot & OpeningStep;

/** Loads what a verb needs of the snapshot and of what machines reported, and nothing more. Secrets are opened for this call only. */
export class MaterialLoader {
  private readonly sites = new KeptReads<CompiledSite | null>(keptSites);
  private readonly nodes = new KeptReads<NodeMaterial>(keptNodes);
  private readonly nodeReads: GatheredReads<NodePlace, NodeMaterial>;

  constructor(
    private readonly db: Database,
    private readonly secretBox: SecretBox,
    private readonly bootActions: Pick<BootActionOpener, 'open'>,
  ) {
    this.nodeReads = new GatheredReads((places) => readNodeMaterial(db, places));
  }

  async load(step: LoadedStep): Promise<StepMaterial> {
    const { snapshotHash: hash, verb } = step;
    const { node, sealedSecrets } = await this.material(step);
    const needs = materialNeedsOf(verb, node);
    const [site, deviceNames] = await Promise.all([
      needs.needsSite && hash !== null ? this.sites.get(hash, () => readSite(this.db, hash)) : null,
      needs.needsDeviceNames && node !== null ? this.deviceNames(node) : null,
    ]);
    const secrets = needs.needsCredential ? this.open(sealedSecrets) : new Map<string, string>();
    const reports = needs.needsReports ? await readReports(this.db, step.id) : null;
    const bootActionKey = await this.bootActionKey(step, needs, { node, site });
    return { site, node, deviceNames, secrets, bootActionKey, reports };
  }

  private async bootActionKey(
    step: LoadedStep,
    { needsBootActions }: MaterialNeeds,
    { node, site }: Pick<StepMaterial, 'node' | 'site'>,
  ): Promise<string | null> {
    if (!needsBootActions || node === null || site === null) return null;
    return await this.bootActions.open(step, node, site);
  }

  /** A step of the site needs the site's secrets at most. */
  private async material({ verb, snapshotHash: hash, nodeName }: StepOfSnapshot): Promise<NodeMaterial> {
    const isNeeded = nodeName !== null || materialNeedsOf(verb, null).needsCredential;
    if (hash === null || !isNeeded) return nothing;
    return await this.nodes.get(`${hash} ${nodeName ?? ''}`, () => this.nodeReads.read({ hash, nodeName }));
  }

  private async deviceNames(node: CompiledNode): Promise<StepMaterial['deviceNames']> {
    const inventory = await readNewestBuildData(this.db, node.name, 'lshw');
    return inventory === null ? null : readDeviceNames(inventory, node.deviceAliases);
  }

  private open(sealed: NodeMaterial['sealedSecrets']): ReadonlyMap<string, string> {
    return new Map(sealed.map(({ path, base64 }) => [path, this.secretBox.open(Buffer.from(base64, 'base64'))]));
  }
}

/** Of a task without a design. */
const nothing: NodeMaterial = { node: null, sealedSecrets: [] };
