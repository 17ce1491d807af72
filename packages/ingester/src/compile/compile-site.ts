import type { CompiledSite, Rack, Repositories } from '@drydock/model';
import type { SiteDocument } from '../parse/site-document.js';
import { compileNetwork, compileNetworkLink } from './compile-network.js';
import type { CompileReport } from './compile-report.js';
import type { DesignIndex } from './design-index.js';
import { renderRouteDomains } from './route-domains.js';

/** Everything of the site but its boot actions, which need the nodes. */
export function compileSite(index: DesignIndex, report: CompileReport): Omit<CompiledSite, 'bootActions'> {
  const region = regionOf(index, report);
  return {
    region: region?.name ?? null,
    tagDefinitions: (region?.body.tag_definitions ?? []).map((definition) => ({
      tag: definition.tag ?? '',
      definitionType: 'lshw_xpath',
      definition: definition.definition ?? '',
    })),
    authorizedKeys: (region?.body.authorized_keys ?? []).map((key) => key.replaceAll(/\r?\n/g, '').trim()),
    repositories: repositoriesOf(region),
    racks: index.all('Rack').map(compileRack),
    networkLinks: index.all('NetworkLink').map(compileNetworkLink),
    networks: renderRouteDomains(
      index.all('Network').map((network) => compileNetwork(network, report)),
      index,
      report,
    ),
  };
}

/** The last one counts (reference 02 §2.7). */
function regionOf(index: DesignIndex, report: CompileReport): SiteDocument<'Region'> | undefined {
  const regions = index.all('Region');
  const region = regions.at(-1);
  if (region !== undefined && regions.length > 1) {
    report.say('document.region', {
      document: region,
      keys: [],
      message: `the design has ${regions.length} regions and only this, the last one, counts`,
      diagnostic: 'keep one Region',
    });
  }
  return region;
}

function repositoriesOf(region: SiteDocument<'Region'> | undefined): Repositories {
  const repositories = region?.body.repositories;
  return {
    removeUnlisted: repositories?.remove_unlisted ?? false,
    entries: (repositories?.entries ?? []).map((entry) => ({
      name: entry.name,
      type: entry.repo_type,
      url: entry.url,
      arches: entry.arches,
      distributions: entry.distributions,
      components: entry.components,
      subrepositories: entry.subrepos,
      gpgKey: entry.gpgkey,
      options: Object.fromEntries(entry.options),
    })),
  };
}

function compileRack({ name, body }: SiteDocument<'Rack'>): Rack {
  return {
    name,
    torSwitches: Object.fromEntries(
      [...body.tor_switches].map(([key, tor]) => [
        key,
        { managementIp: tor.mgmt_ip, sdnApiUri: tor.sdn_api_uri ?? tor.sdn_api_url },
      ]),
    ),
    location: Object.fromEntries(body.location),
    localNetworks: body.local_networks,
    labels: Object.fromEntries(body.labels),
  };
}
