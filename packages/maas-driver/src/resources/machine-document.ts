import { array, boolean, mixed, number, object, string, type InferType } from 'yup';
import { readDocument } from './read-document.js';

/** The fields of a machine that every step reads (reference 05 §5.1). The rest stays as MAAS sent it, unread. */
const machineSchema = object({
  system_id: string().required(),
  hostname: string().required(),
  status: number().integer().required(),
  status_name: string().defined(),
  status_message: string().nullable().optional(),
  error_description: string().nullable().optional(),
  power_state: string().nullable().optional(),
  power_type: string().nullable().optional(),
  owner: string().nullable().optional(),
  locked: boolean().optional(),
  domain: object({ name: string().required() }).nullable().optional(),
  tag_names: array(string().required()).optional(),
  owner_data: mixed<Readonly<Record<string, unknown>>>().optional(),
  workload_annotations: mixed<Readonly<Record<string, unknown>>>().optional(),
  current_commissioning_result_id: number().nullable().optional(),
  current_installation_result_id: number().nullable().optional(),
  memory: number().optional(),
  cpu_count: number().optional(),
  interface_set: mixed().optional(),
  boot_interface: mixed().nullable().optional(),
  default_gateways: mixed().nullable().optional(),
  blockdevice_set: mixed().optional(),
  boot_disk: mixed().nullable().optional(),
  volume_groups: mixed().optional(),
});

export type MachineDocument = InferType<typeof machineSchema>;

const machinesSchema = array(machineSchema).required();

export function readMachine(document: unknown): MachineDocument {
  return readDocument(machineSchema, document, 'a machine');
}

export function readMachines(document: unknown): readonly MachineDocument[] {
  return readDocument(machinesSchema, document, 'a list of machines');
}

/** Status name, status message and power state, as a failure reports them (reference 04 R-14). */
export function describeState(machine: MachineDocument): string {
  const said = [machine.status_message, machine.error_description].filter((text) => text);
  const message = said.length > 0 ? `, MAAS says: ${[...new Set(said)].join('; ')}` : '';
  return `status ${machine.status_name} (${machine.status}), power ${machine.power_state ?? 'unknown'}${message}`;
}
