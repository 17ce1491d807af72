import { array, boolean, mixed, number, object, string, ValidationError, type Schema } from 'yup';
import { flows, phaseSeconds } from '../engine/phases.js';
import { isLoopback } from '../loopback.js';
import type { Faults, FleetSpec, MachineSpec, RackSpec } from './fleet-spec.js';

const mac = string().matches(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i, '${path} must be a MAC address like 52:54:00:00:00:01');
const loopback = string().test(
  'loopback',
  '${path} must be in 127.0.0.0/8',
  (value) => value === undefined || isLoopback(value),
);
const faultCount = mixed().test(
  'count',
  '${path} must be a number of times or "always"',
  (value) => value === undefined || value === 'always' || (Number.isInteger(value) && (value as number) >= 0),
);
const hangs = [...Object.keys(phaseSeconds), ...flows];

const faults = object({
  bmcDown: boolean().strict(),
  failCommission: faultCount,
  failDeploy: faultCount,
  hang: string().oneOf(hangs),
  smallDisk: mixed().test(
    'small',
    '${path} must be true, false or a number of bytes',
    (value) => value === undefined || typeof value === 'boolean' || (typeof value === 'number' && value > 0),
  ),
}).noUnknown();

const bmc = object({
  kind: string().oneOf(['redfish', 'ipmi', 'manual']),
  address: loopback.required(),
  port: number().integer().min(0).max(65_535),
  scheme: string().oneOf(['http', 'https']),
  username: string(),
  password: string(),
}).noUnknown();

const nic = object({
  name: string().required(),
  macAddress: mac.required(),
  busInfo: string().required(),
  cidr: string(),
  fabric: string(),
  vid: number().integer().min(0).max(4094),
  speedMbps: number().integer().min(0),
  boot: boolean(),
}).noUnknown();

const disk = object({
  name: string().required(),
  sizeBytes: number().integer().positive().required(),
  busInfo: string().required(),
  model: string(),
  serial: string(),
  rotational: boolean(),
  blockSizeBytes: number().integer().positive(),
}).noUnknown();

const machine = object({
  name: string().required(),
  bmc: bmc.required(),
  nics: array(nic).required(),
  disks: array(disk).required(),
  cpuCount: number().integer().positive(),
  memoryMib: number().integer().positive(),
  bootMode: string().oneOf(['bios', 'uefi']),
  architecture: string(),
  initial: string().oneOf(['unknown', 'new', 'ready']),
  faults: faults.default(undefined),
  timeline: object(Object.fromEntries(Object.keys(phaseSeconds).map((phase) => [phase, number().min(0)])))
    .noUnknown()
    .default(undefined),
}).noUnknown();

const rack = object({
  hostname: string().required(),
  systemId: string(),
  services: object().default(undefined),
  interfaces: array(
    object({
      name: string().required(),
      macAddress: mac,
      cidr: string(),
      address: string(),
      fabric: string(),
      vid: number().integer().min(0).max(4094),
      dhcp: boolean(),
    }).noUnknown(),
  ),
}).noUnknown();

/** A control request that cannot be obeyed; the message names the field. */
export class ControlRefusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Checks a body; all problems are named at once. */
export function checkControl<T>(schema: Schema<T>, value: unknown): T {
  try {
    return schema.validateSync(value, { strict: true, abortEarly: false });
  } catch (error) {
    if (error instanceof ValidationError) throw new ControlRefusal(400, error.errors.join('; '));
    throw error;
  }
}

export function parseMachines(value: unknown): MachineSpec[] {
  const checked: unknown = checkControl(array(machine).required(), value);
  return checked as MachineSpec[];
}

export function parseRacks(value: unknown): RackSpec[] {
  const checked: unknown = checkControl(array(rack).required(), value);
  return checked as RackSpec[];
}

export function parseFleet(value: unknown): FleetSpec {
  const schema = object({ machines: array(machine), racks: array(rack) })
    .noUnknown()
    .required();
  const checked: unknown = checkControl(schema, value);
  return checked as FleetSpec;
}

export function parseFaults(value: unknown): Faults {
  const checked: unknown = checkControl(faults.required(), value);
  return checked as Faults;
}
