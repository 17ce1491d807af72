import type { CompiledSite } from '@drydock/model';
import type { NeutralDocument } from './site-documents.js';

/** Documents that are no nodes, and all that the site is because of them. */
export interface SiteCase {
  readonly name: string;
  readonly documents: readonly NeutralDocument[];
  readonly expected: Partial<CompiledSite>;
}

const region = (body: object, name = 'north'): NeutralDocument => ({ kind: 'Region', name, body });
const rack = (body: object): NeutralDocument => ({ kind: 'Rack', name: 'r1', body });

const repository = {
  arches: ['amd64'],
  distributions: [],
  components: [],
  subrepositories: [],
  gpgKey: null,
  options: {},
};

export const regionAndRackCases: readonly SiteCase[] = [
  {
    name: 'without a region',
    documents: [],
    expected: { region: null, tagDefinitions: [], authorizedKeys: [] },
  },
  {
    name: 'an empty region',
    documents: [region({})],
    expected: {
      region: 'north',
      tagDefinitions: [],
      authorizedKeys: [],
      repositories: { removeUnlisted: false, entries: [] },
    },
  },
  {
    name: 'tag definitions are kept as they are: what they select is known from hardware alone',
    documents: [
      region({
        tag_definitions: [
          { tag: 'fast', definition_type: 'lshw_xpath', definition: '//node[@id="nvme"]' },
          { definition_type: 'lshw_xpath' },
        ],
      }),
    ],
    expected: {
      tagDefinitions: [
        { tag: 'fast', definitionType: 'lshw_xpath', definition: '//node[@id="nvme"]' },
        { tag: '', definitionType: 'lshw_xpath', definition: '' },
      ],
    },
  },
  {
    name: 'a key that is broken over lines is one line',
    documents: [region({ authorized_keys: ['ssh-ed25519 AAAA\nBBBB me\n', 'ssh-rsa CCCC you'] })],
    expected: { authorizedKeys: ['ssh-ed25519 AAAABBBB me', 'ssh-rsa CCCC you'] },
  },
  {
    name: 'every field of a repository',
    documents: [
      region({
        repositories: {
          remove_unlisted: true,
          tools: {
            repo_type: 'rpm',
            url: 'https://packages.example.test/tools',
            arches: ['arm64', 'amd64'],
            distributions: ['focal'],
            components: ['main'],
            subrepos: ['updates'],
            gpgkey: 'KEY',
            options: { proxy: 'none' },
          },
          main_archive: { repo_type: 'apt', url: 'http://archive.example.test', arches: ['amd64'] },
        },
      }),
    ],
    expected: {
      repositories: {
        removeUnlisted: true,
        entries: [
          {
            name: 'tools',
            type: 'rpm',
            url: 'https://packages.example.test/tools',
            arches: ['arm64', 'amd64'],
            distributions: ['focal'],
            components: ['main'],
            subrepositories: ['updates'],
            gpgKey: 'KEY',
            options: { proxy: 'none' },
          },
          { ...repository, name: 'main_archive', type: 'apt', url: 'http://archive.example.test' },
        ],
      },
    },
  },
  {
    name: 'of a repository without type and architectures the usual ones are taken',
    documents: [region({ repositories: { tools: { url: 'http://x.example.test' } } })],
    expected: {
      repositories: {
        removeUnlisted: false,
        entries: [{ ...repository, name: 'tools', type: 'apt', url: 'http://x.example.test' }],
      },
    },
  },
  {
    name: 'of several regions the last one counts, whole',
    documents: [region({ authorized_keys: ['a'] }, 'first'), region({ tag_definitions: [] }, 'second')],
    expected: { region: 'second', authorizedKeys: [] },
  },
  {
    name: 'every field of a rack',
    documents: [
      rack({
        tor_switches: {
          one: { mgmt_ip: '10.9.0.1', sdn_api_uri: 'https://sdn.example.test/1' },
          old: { sdn_api_url: 'https://sdn.example.test/2' },
          both: { sdn_api_uri: 'https://new.example.test', sdn_api_url: 'https://old.example.test' },
        },
        location: { clli: 'ABC', grid: 'A1', floor: 3 },
        local_networks: ['pxe', 'mgmt'],
        labels: { row: 'a', powered: true, height: 42 },
      }),
    ],
    expected: {
      racks: [
        {
          name: 'r1',
          torSwitches: {
            one: { managementIp: '10.9.0.1', sdnApiUri: 'https://sdn.example.test/1' },
            old: { managementIp: null, sdnApiUri: 'https://sdn.example.test/2' },
            both: { managementIp: null, sdnApiUri: 'https://new.example.test' },
          },
          location: { clli: 'ABC', grid: 'A1', floor: '3' },
          localNetworks: ['pxe', 'mgmt'],
          labels: { row: 'a', powered: 'True', height: '42' },
        },
      ],
    },
  },
  {
    name: 'an empty rack',
    documents: [rack({})],
    expected: { racks: [{ name: 'r1', torSwitches: {}, location: {}, localNetworks: [], labels: {} }] },
  },
];
