import type { BootAction, BootActionAsset, NodeFilterSet } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import type { CompileReport } from './compile-report.js';

type BootActionDocument = SiteDocument<'BootAction'>;
type AssetBody = NonNullable<BootActionDocument['body']['assets']>[number];

/**
 * A boot action and the nodes that it is for (reference 02 §3.11, §7.2).
 *
 * @param select names of the nodes that a filter selects
 */
export function compileBootAction(
  document: BootActionDocument,
  select: (filter: NodeFilterSet | null) => readonly string[],
  report: CompileReport,
): BootAction {
  return {
    name: document.name,
    isSignaling: document.body.signaling ?? true,
    assets: (document.body.assets ?? []).map((asset, index) => {
      reportMissing(document, { asset, index }, report);
      return compileAsset(asset);
    }),
    targetNodes: select(filterOf(document)),
  };
}

function filterOf({ body }: BootActionDocument): NodeFilterSet | null {
  if (body.node_filter === null) return null;
  return {
    filter_set_type: body.node_filter.filter_set_type ?? 'union',
    filter_set: body.node_filter.filter_set.map((filter) => ({
      filter_type: filter.filter_type ?? 'union',
      node_names: filter.node_names,
      node_tags: filter.node_tags,
      node_labels: Object.fromEntries(filter.node_labels),
      rack_names: filter.rack_names,
      rack_labels: Object.fromEntries(filter.rack_labels),
    })),
  };
}

function compileAsset(asset: AssetBody): BootActionAsset {
  const { data } = asset;
  const isText = typeof data === 'string';
  return {
    type: asset.type ?? 'file',
    path: asset.path,
    location: asset.location,
    locationPipeline: asset.location_pipeline ?? [],
    data: isText ? data : null,
    packages: data === null || isText ? null : Object.fromEntries(data),
    dataPipeline: asset.data_pipeline ?? [],
    permissions: asset.permissions,
  };
}

function reportMissing(
  document: BootActionDocument,
  { asset, index }: { asset: AssetBody; index: number },
  report: CompileReport,
): void {
  const isPackageList = asset.type === 'pkg_list';
  const hasText = typeof asset.data === 'string';
  const refuse = (key: string, message: string, diagnostic: string): void =>
    report.say('compile.value', {
      document,
      keys: ['assets', index, key],
      message: `asset ${index} ${message}`,
      diagnostic,
    });
  if (isPackageList && hasText && asset.location === null) {
    refuse('data', 'is a pkg_list with text', 'write its data as package: version');
  }
  if (!isPackageList && asset.data !== null && !hasText) refuse('data', 'has data that is no text', 'write it as text');
  if (!isPackageList && asset.data === null && asset.location === null) {
    refuse('data', 'has neither data nor location', 'give it one of them');
  }
  if (!isPackageList && asset.path === null) refuse('path', 'has no path', 'say where on the node it goes');
}
