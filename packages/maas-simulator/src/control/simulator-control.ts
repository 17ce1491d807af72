import type { RequestCounts } from '../journal/journal.js';
import type { JournalEntry, JournalFilter } from '../journal/journal-entry.js';
import type { Image } from '../world/initial-site.js';
import type { Faults, FleetSpec, MachineSpec, RackSpec } from './fleet-spec.js';
import type { HardwareState } from './hardware-state.js';
import type { MachineState } from './machine-state.js';

export interface ClockState {
  readonly scale: number;
  readonly nowSeconds: number;
}

/** Typed client of the control API. Every call may be repeated, except those that add. Throws with the API's own words. */
export class SimulatorControl {
  readonly #url: string;

  constructor(controlUrl: string) {
    this.#url = `${controlUrl.replace(/\/$/, '')}/_sim`;
  }

  /** A new world with this hardware; MAAS forgets everything, the journal stays. */
  postFleet(fleet: FleetSpec): Promise<HardwareState[]> {
    return this.#call('POST', 'fleet', fleet);
  }

  fleet(): Promise<HardwareState[]> {
    return this.#call('GET', 'fleet');
  }

  addMachines(machines: readonly MachineSpec[]): Promise<HardwareState[]> {
    return this.#call('POST', 'fleet/machines', machines);
  }

  /** Replaces the faults of a machine; `{}` clears them. */
  setFaults(name: string, faults: Faults): Promise<HardwareState> {
    return this.#call('PUT', `fleet/machines/${encodeURIComponent(name)}/faults`, faults);
  }

  /** A hand on the power button. */
  power(name: string, request: { state: 'on' | 'off' | 'cycle'; boot?: 'pxe' | 'disk' }): Promise<HardwareState> {
    return this.#call('POST', `fleet/machines/${encodeURIComponent(name)}/power`, request);
  }

  async addRacks(racks: readonly RackSpec[]): Promise<void> {
    await this.#call('POST', 'racks', racks);
  }

  machines(): Promise<MachineState[]> {
    return this.#call('GET', 'machines');
  }

  machine(name: string): Promise<MachineState> {
    return this.#call('GET', `machines/${encodeURIComponent(name)}`);
  }

  journal(filter: JournalFilter = {}): Promise<JournalEntry[]> {
    const query = new URLSearchParams(
      Object.entries(filter)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.#call('GET', `journal?${query.toString()}`);
  }

  /** Requests since the process began, reads included; `reset` does not set them back. */
  requestCounts(): Promise<RequestCounts> {
    return this.#call('GET', 'requests');
  }

  clock(): Promise<ClockState> {
    return this.#call('GET', 'clock');
  }

  setClock(request: { scale?: number; advanceSeconds?: number }): Promise<ClockState> {
    return this.#call('POST', 'clock', request);
  }

  async setImporting(importing: boolean): Promise<void> {
    await this.#call('POST', 'settings', { importing });
  }

  async setBootResources(images: readonly Image[]): Promise<void> {
    await this.#call('POST', 'settings', { images });
  }

  async reset(request: { seed?: number; journal?: boolean } = {}): Promise<void> {
    await this.#call('POST', 'reset', request);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { 'Content-Type': 'application/json' };
    }
    const response = await fetch(`${this.#url}/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator control ${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
