import { startBmc, type BmcParts, type RunningBmc } from '../bmc/bmc-server.js';
import { VirtualClock } from '../clock/virtual-clock.js';
import { Journal } from '../journal/journal.js';
import { createWorld, type World, type WorldOptions } from '../world/world.js';
import { addHardware, requireDistinct } from './add-hardware.js';
import { addRack, defaultRack } from './add-racks.js';
import { ControlRefusal } from './fleet-schema.js';
import type { Faults, FleetSpec, MachineSpec, RackSpec } from './fleet-spec.js';

export interface StageOptions extends WorldOptions {
  readonly timeScale: number;
  readonly sessionLimit: number;
  readonly tls: BmcParts['tls'];
}

/** The world that is on, its BMCs and its journal; the control API changes scenes on it. */
export class Stage {
  readonly journal = new Journal();
  readonly #options: StageOptions;
  #world: World;
  #bmcs = new Map<string, RunningBmc>();
  /** Changes of the fleet run one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: StageOptions) {
    this.#options = options;
    this.#world = createWorld(new VirtualClock(options.timeScale), options);
    addRack(this.#world, defaultRack);
  }

  get world(): World {
    return this.#world;
  }

  /** A new world with this fleet. Nothing changes when the fleet is refused. */
  replaceFleet(fleet: FleetSpec): Promise<void> {
    return this.#inTurn(async () => {
      const world = this.#newWorld(this.#options.seed);
      const machines = fleet.machines ?? [];
      requireDistinct(world, machines);
      for (const rack of fleet.racks ?? [defaultRack]) addRack(world, rack);
      await this.#install(world);
      await this.#addAll(machines);
    });
  }

  addMachines(machines: readonly MachineSpec[]): Promise<void> {
    return this.#inTurn(async () => {
      requireDistinct(this.#world, machines);
      await this.#addAll(machines);
    });
  }

  addRacks(racks: readonly RackSpec[]): void {
    for (const rack of racks) addRack(this.#world, rack);
  }

  reset(seed: number | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const world = this.#newWorld(seed ?? this.#options.seed);
      addRack(world, defaultRack);
      await this.#install(world);
    });
  }

  setFaults(name: string, faults: Faults): void {
    const hardware = this.#world.fleet.get(name);
    if (hardware === undefined) throw new ControlRefusal(404, `there is no machine ${name} in the fleet`);
    hardware.faults = faults;
    if (faults.bmcDown === true) this.#bmcs.get(name)?.cut();
  }

  async close(): Promise<void> {
    this.#world.clock.close();
    await this.#closeBmcs();
  }

  #newWorld(seed: number): World {
    return createWorld(new VirtualClock(this.#world.clock.scale), { ...this.#options, seed });
  }

  async #install(world: World): Promise<void> {
    this.#world.clock.close();
    await this.#closeBmcs();
    this.#world = world;
  }

  async #addAll(machines: readonly MachineSpec[]): Promise<void> {
    for (const spec of machines) {
      const hardware = addHardware(this.#world, spec);
      if ((spec.bmc.kind ?? 'redfish') !== 'redfish') continue;
      const { journal } = this;
      const { sessionLimit, tls } = this.#options;
      try {
        const bmc = await startBmc({ world: this.#world, hardware, journal, sessionLimit, tls });
        this.#bmcs.set(spec.name, bmc);
      } catch (error) {
        this.#world.fleet.delete(spec.name);
        const reason = error instanceof Error ? error.message : String(error);
        throw new ControlRefusal(
          400,
          `the BMC of ${spec.name} cannot listen on ${spec.bmc.address}:${spec.bmc.port ?? 0}: ${reason}`,
        );
      }
    }
  }

  async #closeBmcs(): Promise<void> {
    const running = [...this.#bmcs.values()];
    this.#bmcs = new Map();
    await Promise.all(running.map((bmc) => bmc.close()));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    // A refused change must not refuse the next one.
    this.#turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }
}
