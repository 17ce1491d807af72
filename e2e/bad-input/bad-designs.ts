import { scriptedDesign } from '../site/scripted-design.js';

export interface BadDesign {
  readonly name: string;
  readonly text: string;
  /** Of one error of the task. */
  readonly message: RegExp;
}

const whole = scriptedDesign(['n1']);

/** Replaces what must be there, so that no case silently tests a whole design. */
function without(found: string, put: string): string {
  if (!whole.includes(found)) throw new Error(`the design does not hold ${found}`);
  return whole.replace(found, put);
}

const parentOf = (child: string, parent: string): string => `---
apiVersion: drydock/v1
kind: HostProfile
metadata: { name: ${child} }
spec: { host_profile: ${parent} }
`;

/** One mistake each; `message` names the document and the line. */
export const badDesigns: readonly BadDesign[] = [
  { name: 'a syntax error', text: without('spec: {}', 'spec: {'), message: /not valid YAML: .*design\.yaml:5\)/ },
  { name: 'no YAML at all', text: '\u0007\u0000\u0001 binary', message: /not valid YAML: .*design\.yaml:1\)/ },
  { name: 'prose', text: 'just a sentence\n', message: /is a string, not a mapping .*design\.yaml:1\)/ },
  {
    name: 'a cycle of host profiles',
    text: whole.replace('host_profile: plain', 'host_profile: a') + parentOf('a', 'b') + parentOf('b', 'a'),
    message: /HostProfile "a": it inherits from itself: a → b → a .*design\.yaml:\d+\)/,
  },
  {
    name: 'a parent that is missing',
    text: without('host_profile: plain', 'host_profile: nobody'),
    message: /BaremetalNode "n1": host profile "nobody" is not in the design .*design\.yaml:\d+\)/,
  },
  {
    name: 'a hardware profile that is missing',
    text: without('hardware_profile: plain', 'hardware_profile: nothing'),
    message: /HostProfile "plain": hardware profile "nothing" is not in the design .*design\.yaml:\d+\)/,
  },
  {
    name: 'an unknown network',
    text: without('networks: [pxe] }', 'networks: [mars] }'),
    message: /node n1: network mars of interface pxe is not allowed on link pxe .*design\.yaml:\d+\)/,
  },
  {
    name: 'two nodes of one name',
    text: `${whole}${whole.slice(whole.lastIndexOf('---'))}`,
    message: /two documents of kind BaremetalNode named "n1", in lines \d+ and \d+ /,
  },
  {
    name: 'a field of a wrong type',
    text: without('cidr: 10.0.0.0/16', 'cidr: [10]'),
    message: /Network "pxe": spec\.cidr must be a string, not a list .*design\.yaml:\d+\)/,
  },
  {
    name: 'an address that is taken twice',
    text: scriptedDesign(['n1', 'n2']).replace('10.0.1.2', '10.0.1.1'),
    message: /address 10\.0\.1\.1 of node n2 is already that of node n1 .*design\.yaml:\d+\)/,
  },
  {
    name: 'an unknown kind',
    text: without('kind: Rack', 'kind: Rocket'),
    message: /drydock\/Rocket\/v1 is no kind of document .*design\.yaml:8\)/,
  },
];
